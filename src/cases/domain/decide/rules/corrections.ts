import type { Uuid } from '../../facts/common.js';
import type { FactType, RecordedFact } from '../../facts/facts.js';
import type { CaseFile } from '../../file/case-file.js';
import type { Rule } from './rule.js';
import { refused } from './refused.js';

type Correcting = 'EventCorrected' | 'EventVoided' | 'SourceCited';

/**
 * What is undone by its own command: what joined two cases or parted them stands in two files, and a restriction must not be lifted by
 * the way. Or by none: what was handed out was handed out.
 */
const UNDONE_OTHERWISE: ReadonlySet<FactType> = new Set<FactType>([
  'CaseMerged',
  'CaseAbsorbed',
  'CaseUnmerged',
  'CaseReleasedFromMerge',
  'CaseRestricted',
  'CaseUnrestricted',
  'ExportIssued',
]);

export const eventOf = (file: CaseFile, eventId: Uuid): RecordedFact | undefined =>
  file.recorded.find((fact) => fact.eventId === eventId);

export const eventIsKnown: Rule<Correcting> = ({ data }, { file, pointer }) => {
  if (!eventOf(file, data.eventId)) {
    throw refused('unknown-event', 'no event of this id is recorded in the case', `${pointer}/eventId`);
  }
};

export const eventIsNotVoided: Rule<Correcting> = ({ data }, { file, pointer }) => {
  if (file.voided.has(data.eventId)) {
    throw refused(
      'event-voided',
      'this event is voided; void the void to let it stand again',
      `${pointer}/eventId`,
    );
  }
};

export const isCorrectable: Rule<'EventCorrected'> = ({ data }, { file, pointer }) => {
  const type = eventOf(file, data.eventId)?.type;
  if (type === 'EventCorrected' || type === 'EventVoided' || (type && UNDONE_OTHERWISE.has(type))) {
    throw refused('not-correctable', `${type} is not corrected`, `${pointer}/eventId`);
  }
};

export const isVoidable: Rule<'EventVoided'> = ({ data }, { file, pointer }) => {
  const type = eventOf(file, data.eventId)?.type;
  if (type === 'CaseOpened' || (type && UNDONE_OTHERWISE.has(type))) {
    throw refused('not-voidable', `${type} is not voided`, `${pointer}/eventId`);
  }
};
