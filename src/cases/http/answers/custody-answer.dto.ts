import { ApiSchema } from '@nestjs/swagger';
import { RELEASE_BASES } from '../../domain/facts/custody-facts.js';
import type { CustodyAnswer, DetentionAnswer, WrittenDays } from '../../domain/timeline/custody-answer.js';
import { STATUSES, type Status } from '../../domain/timeline/status.js';
import { DaysDto } from './figures.dto.js';
import { Code, Codes, DayOrNull, Flag, Id, Ids, Part, PartOrNull, Parts } from './members.js';

@ApiSchema({ name: 'Bounds', description: 'Some day from one to the other; null is an open end' })
export class BoundsDto implements WrittenDays {
  @DayOrNull()
  earliest: string | null;

  @DayOrNull()
  latest: string | null;
}

@ApiSchema({ name: 'Detention' })
class DetentionDto implements DetentionAnswer {
  @Id()
  detentionId: string;

  @Part(BoundsDto)
  from: BoundsDto;

  @PartOrNull(BoundsDto, { description: 'null while no end is recorded' })
  to: BoundsDto | null;

  @Code(RELEASE_BASES, { required: false, description: 'of a release' })
  basis?: string;
}

@ApiSchema({ name: 'Custody' })
export class CustodyDto implements CustodyAnswer {
  @Code(STATUSES, { description: "the narrow world's" })
  status: Status;

  @Flag({ description: 'both worlds agree' })
  certain: boolean;

  @Codes(STATUSES)
  possible: Status[];

  @Flag({ description: 'the evidence does not go as far as the day asked about' })
  unconfirmed: boolean;

  @DayOrNull({ description: 'the day the status began' })
  since: string | null;

  @PartOrNull(BoundsDto)
  expectedRelease: BoundsDto | null;

  @Part(DaysDto)
  daysOverdue: DaysDto;

  @Parts(DetentionDto)
  detentions: DetentionDto[];

  @Ids({ description: 'the facts that decided the status' })
  decidedBy: string[];
}
