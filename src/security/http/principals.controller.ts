import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../allow.js';
import { Principals } from '../principals.js';
import { NewPrincipal, PrincipalList, PrincipalView } from './access-dto.js';

@ApiTags('Administration')
@Controller('/v1/principals')
export class PrincipalsController {
  constructor(private readonly principals: Principals) {}

  @Post()
  @ApiOperation({
    summary: 'Register a person or a job; approvals compare principals, so each person needs one',
  })
  @Allow('admin')
  @NotLogged()
  @ApiCreatedResponse({ type: PrincipalView })
  add(@Body() { label, roles }: NewPrincipal): Promise<PrincipalView> {
    return this.principals.add(label, roles);
  }

  @Get()
  @ApiOperation({ summary: 'All principals' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: PrincipalList })
  async list(): Promise<PrincipalList> {
    return { items: await this.principals.list() };
  }
}
