import { ApiSchema, PickType } from '@nestjs/swagger';
import { STATUSES, type Status } from '../../domain/timeline/status.js';
import type { ExpectedRelease } from '../../queries/expected-releases.js';
import type { UpcomingHearing } from '../../queries/upcoming-hearings.js';
import type { Coming } from '../../queries/coming.js';
import { KnownPersonDto } from './case-answer.dto.js';
import { BoundsDto } from './custody-answer.dto.js';
import { Code, Flag, Id, Part, Parts, Text } from './members.js';

@ApiSchema({ name: 'NamedPerson' })
class NamedPersonDto extends PickType(KnownPersonDto, ['names', 'roles']) {}

@ApiSchema({ name: 'UpcomingHearing' })
class UpcomingHearingDto implements UpcomingHearing {
  @Id()
  caseId: string;

  @Part(NamedPersonDto)
  person: NamedPersonDto;

  @Id()
  hearingId: string;

  @Id()
  proceedingId: string;

  @Part(BoundsDto, { description: 'of an adjourned hearing the new days' })
  planned: BoundsDto;

  @Text({ required: false })
  court?: string;

  @Text({ required: false })
  judge?: string;
}

const More = (): PropertyDecorator =>
  Flag({ description: 'there are more than one answer holds: ask for a shorter time' });

@ApiSchema({ name: 'UpcomingHearings' })
export class UpcomingHearingsDto implements Coming<UpcomingHearing> {
  @Parts(UpcomingHearingDto, { description: 'the first first' })
  items: UpcomingHearingDto[];

  @More()
  more: boolean;
}

@ApiSchema({ name: 'ExpectedRelease' })
class ExpectedReleaseDto implements ExpectedRelease {
  @Id()
  caseId: string;

  @Part(NamedPersonDto)
  person: NamedPersonDto;

  @Code(STATUSES)
  status: Status;

  @Flag()
  unconfirmed: boolean;

  @Part(BoundsDto)
  expectedRelease: BoundsDto;
}

@ApiSchema({ name: 'ExpectedReleases' })
export class ExpectedReleasesDto implements Coming<ExpectedRelease> {
  @Parts(ExpectedReleaseDto, { description: 'the first first' })
  items: ExpectedReleaseDto[];

  @More()
  more: boolean;
}
