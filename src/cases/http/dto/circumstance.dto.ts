import { RELIABILITIES, SOURCE_KINDS, type Circumstance, type Source } from '../../domain/facts/common.js';
import { CodeField, FlagField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { PartsField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField, WebAddressField } from '../fields/text-fields.js';

const MOST_SOURCES = 50;

@Shape({ name: 'Source' })
export class SourceDto implements Source {
  @TextField({ example: 'Viasna, news of 27 January 2020' })
  citation: string;

  @WebAddressField({ optional: true })
  url?: string;

  @CodeField(SOURCE_KINDS)
  kind: (typeof SOURCE_KINDS)[number];

  @RecordedDateField({ optional: true })
  published?: string;

  @FlagField()
  confidential: boolean;

  @CodeField(RELIABILITIES, { optional: true })
  reliability?: (typeof RELIABILITIES)[number];
}

/** What every command may carry besides its own members. */
export class CircumstanceDto implements Circumstance {
  @RecordedDateField({ optional: true })
  at?: string;

  @PartsField(SourceDto, { optional: true, max: MOST_SOURCES })
  sources?: SourceDto[];

  @TextField({ optional: true })
  remark?: string;
}
