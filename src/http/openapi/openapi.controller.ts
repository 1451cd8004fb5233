import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../public.js';
import { ApiDocument } from './api-document.js';

@ApiTags('Operation')
@Controller('/openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @ApiOperation({ summary: 'This document: OpenAPI 3.1' })
  @Public()
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  @Header('Content-Type', 'application/json; charset=utf-8')
  read(): string {
    return this.document.text;
  }
}
