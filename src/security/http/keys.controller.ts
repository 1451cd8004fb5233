import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../allow.js';
import { ApiKeys } from '../api-keys.js';
import { KeyList, NewKey, ShownKey } from './access-dto.js';

@ApiTags('Administration')
@Controller('/v1/keys')
export class KeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Post()
  @ApiOperation({ summary: 'Give a principal a key, which is shown this once' })
  @Allow('admin')
  @NotLogged()
  @ApiCreatedResponse({ type: ShownKey })
  async add(@Body() { principalId, expires }: NewKey): Promise<ShownKey> {
    const key = await this.keys.issue(principalId, expires && new Date(expires).toISOString());
    return { keyId: key.keyId, key: key.text };
  }

  @Get()
  @ApiOperation({ summary: 'All keys, without the keys themselves' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: KeyList })
  async list(): Promise<KeyList> {
    return { items: await this.keys.list() };
  }

  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key, at once and for good' })
  @Allow('admin')
  @NotLogged()
  @ApiNoContentResponse()
  revoke(@Param('keyId') keyId: string): Promise<void> {
    return this.keys.revoke(keyId);
  }
}
