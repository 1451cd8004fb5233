import type { FactType } from '../../../src/cases/domain/facts/facts.js';
import type { HistoryEvent } from '../../support/caseworker.js';
import { FILLED, leaves, PERSONAL } from '../../support/filled-facts.js';
import { UNMARKED } from './marked-facts.js';
import type { Marks } from './marks.js';

/** Nobody is asked for words: their key is about to go, or gone, or there is nothing to say. */
const WORDLESS: ReadonlySet<FactType> = new Set(['SubjectErasureStarted', 'SubjectErased', 'ExportIssued']);

/** All that a form with a file has a field for. */
const IN_FORMS: Partial<Record<FactType, ReadonlySet<string>>> = {
  EvidenceAttached: new Set(['/description']),
};

/** The kinds of facts that people can put words into. */
export const WORDED = (Object.keys(FILLED) as FactType[]).filter((type) => !WORDLESS.has(type));

/** Where a fact of this kind has personal fields. */
export const personalFields = (type: FactType): Set<string> =>
  new Set(
    own(type, FILLED[type])
      .filter(([, value]) => value === PERSONAL)
      .map(([path]) => placeOf(path))
      .filter((path) => IN_FORMS[type]?.has(path) ?? true),
  );

/** Where the facts of this kind in a history have marks. */
export const markedFields = (type: FactType, history: readonly HistoryEvent[], marks: Marks): Set<string> =>
  new Set(
    history
      .filter((event) => event.type === type)
      .flatMap(({ data }) => own(type, data))
      .filter(([path, value]) => isMarked(path, value, marks))
      .map(([path]) => placeOf(path)),
  );

/** What a correction replaces is a fact of another kind. */
const own = (type: FactType, data: unknown): [path: string, value: unknown][] =>
  [...leaves(data)].filter(([path]) => !(type === 'EventCorrected' && path.startsWith('/data/')));

/** A name's script and a date of birth take no mark; they are known by their values. */
const isMarked = (path: string, value: unknown, marks: Marks): boolean =>
  typeof value === 'string' &&
  (marks.in(value).length > 0 ||
    (/\/(?:script|born)$/.test(path) && Object.values(UNMARKED).includes(value)));

/** Which of a list it was makes no difference. */
const placeOf = (path: string): string => path.replaceAll(/\/\d+(?=\/|$)/g, '/0');
