import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Logged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import type { Coming } from '../queries/coming.js';
import { ExpectedReleases, type ExpectedRelease } from '../queries/expected-releases.js';
import { UpcomingHearings, type UpcomingHearing } from '../queries/upcoming-hearings.js';
import { ExpectedReleasesDto, UpcomingHearingsDto } from './answers/coming.dto.js';
import { PeriodDto } from './dto/queries.dto.js';
import { shownPersons } from './shown-cases.js';

@ApiTags('What is coming')
@Controller('/v1')
export class ComingController {
  constructor(private readonly queries: QueryBus) {}

  @Get('hearings')
  @Allow('caseworker')
  @Logged('HearingsListed', ({ items }: Coming<UpcomingHearing>) => shownPersons(items))
  @ApiOperation({ operationId: 'upcomingHearings', summary: 'Hearings planned within a time' })
  @ApiOkResponse({ type: UpcomingHearingsDto })
  hearings(
    @Query() period: PeriodDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<Coming<UpcomingHearing>> {
    return this.queries.execute(new UpcomingHearings(Object.assign({ viewer }, period)));
  }

  @Get('releases/expected')
  @Allow('caseworker')
  @Logged('ReleasesListed', ({ items }: Coming<ExpectedRelease>) => shownPersons(items))
  @ApiOperation({
    operationId: 'expectedReleases',
    summary: 'Whose release is expected within a time, as things stand today',
  })
  @ApiOkResponse({ type: ExpectedReleasesDto })
  releases(
    @Query() period: PeriodDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<Coming<ExpectedRelease>> {
    return this.queries.execute(new ExpectedReleases(Object.assign({ viewer }, period)));
  }
}
