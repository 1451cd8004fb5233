import { ApiSchema } from '@nestjs/swagger';
import type { CounselFigures, Hours } from '../../domain/timeline/counsel.js';
import type { Days, FineTotal, Totals } from '../../domain/timeline/totals.js';
import { Amount, Count, CountOrNull, Flag, Part, Parts, Quantity, Text } from './members.js';

@ApiSchema({
  name: 'Days',
  description: '`min` is what the evidence supports; `max` is null without an upper bound',
})
export class DaysDto implements Days {
  @Count()
  min: number;

  @CountOrNull()
  max: number | null;
}

@ApiSchema({ name: 'Hours', description: '`max` is null when the sources give no upper bound' })
export class HoursDto implements Hours {
  @Count()
  min: number;

  @CountOrNull()
  max: number | null;
}

@ApiSchema({ name: 'DaysImposed' })
class DaysImposedDto {
  @Part(DaysDto, { description: 'as imposed, whatever became of it' })
  gross: DaysDto;

  @Part(DaysDto, { description: 'in force, at their current days' })
  net: DaysDto;
}

@ApiSchema({ name: 'FineTotal', description: 'The fines in one currency; never summed across currencies' })
class FineTotalDto implements FineTotal {
  @Text({ example: 'BYN' })
  currency: string;

  @Count()
  count: number;

  @Amount()
  imposed: string;

  @Amount()
  net: string;

  @Amount()
  paid: string;

  @Amount()
  refunded: string;

  @Amount()
  outstanding: string;

  @Quantity()
  baseUnits: number;

  @Flag({ description: 'some amount is a lower bound' })
  atLeast: boolean;

  @Flag({ description: 'some amount is only reported' })
  reported: boolean;
}

@ApiSchema({ name: 'CounselFigures' })
class CounselFiguresDto implements CounselFigures {
  @Count()
  count: number;

  @Part(HoursDto)
  hours: HoursDto;

  @Count()
  within48h: number;

  @Count()
  exceeded48h: number;

  @Count()
  undetermined: number;
}

@ApiSchema({ name: 'ConditionFigures' })
class ConditionFiguresDto {
  @Count()
  count: number;

  @Part(HoursDto)
  hours: HoursDto;
}

@ApiSchema({ name: 'Totals' })
export class TotalsDto implements Totals {
  @Count()
  arrests: number;

  @Count()
  charges: number;

  @Count()
  hearings: number;

  @Count()
  decisions: number;

  @Count()
  sentences: number;

  @Part(DaysImposedDto)
  daysImposed: DaysImposedDto;

  @Part(DaysDto)
  daysToServe: DaysDto;

  @Part(DaysDto)
  daysInCustody: DaysDto;

  @Part(DaysDto)
  daysServed: DaysDto;

  @Part(DaysDto)
  daysOutstanding: DaysDto;

  @Part(DaysDto)
  daysInCustodyWithoutSentence: DaysDto;

  @Parts(FineTotalDto)
  fines: FineTotalDto[];

  @Part(CounselFiguresDto)
  counselDenials: CounselFiguresDto;

  @Part(ConditionFiguresDto)
  conditions: ConditionFiguresDto;
}
