import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Logged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { ListErasures, type Erasures } from '../queries/list-erasures.js';
import { ErasuresDto } from './answers/erasures.dto.js';
import { ErasuresQueryDto } from './dto/queries.dto.js';

@ApiTags('Restriction and erasure')
@Controller('/v1/erasures')
export class ErasuresController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Allow('admin')
  @Logged('ErasuresListed', ({ items }: Erasures) => ({ cases: items, fields: 'none' }))
  @ApiOperation({
    operationId: 'listErasures',
    summary: 'Erasures that wait for an approval, are under way, or are done',
  })
  @ApiOkResponse({ type: ErasuresDto })
  list(@Query() { state, minPosition }: ErasuresQueryDto): Promise<Erasures> {
    return this.queries.execute(new ListErasures({ state: state ?? 'requested', minPosition }));
  }
}
