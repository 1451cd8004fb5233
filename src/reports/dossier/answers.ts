import { parseDay } from '../../cases/domain/dates/day.js';
import type { Money } from '../../cases/domain/facts/common.js';
import type { FactData, FactType } from '../../cases/domain/facts/facts.js';
import type { Law } from '../../cases/domain/law/law.js';
import { writtenBounds } from '../../cases/domain/timeline/custody-answer.js';
import type { DatedFact, Docket } from '../../cases/domain/timeline/docket.js';
import type { DerivedCase } from '../../cases/domain/timeline/derive.js';
import type { FormSection, Value } from '../content/content.js';

/** Stands in the place of what is recorded and not told. */
export const NOT_TOLD = { withoutConsent: { masked: true }, erased: { erased: true } } as const;

/** A case as a dossier tells it, and what follows from it on a day. */
export interface DossierSource {
  caseId: string;
  /** What is personal in its facts is opened, or there is one of `NOT_TOLD` in its place. */
  docket: Docket;
  answer: DerivedCase;
  law: Law;
  /** YYYY-MM-DD. */
  asOf: string;
  /** Whether a consent to a dossier stands on that day. */
  consented: boolean;
}

type Answer = FormSection['answers'][number];

/** What answers a question; values that are not recorded are passed over, and a question without any stays empty. */
export const answer = (question: string, ...values: (Value | undefined)[]): Answer => ({
  question,
  values: values.filter((value) => value !== undefined),
});

export const code = (list: string, value: string | undefined): Value | undefined =>
  value === undefined ? undefined : { kind: 'code', list, value };

/** What somebody wrote. If it is not shown, that it is there is, and why. */
export function prose({ consented }: DossierSource, text: unknown): Value | undefined {
  if (text === undefined || text === '') return undefined;
  if (isErased(text)) return { kind: 'code', list: 'disclosure', value: 'erased' };
  return consented && typeof text === 'string'
    ? { kind: 'text', value: text }
    : { kind: 'code', list: 'disclosure', value: 'without_consent' };
}

export const isErased = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'erased' in value;

export const days = ({ on }: DatedFact): Value => ({ kind: 'days', ...writtenBounds(on) });

/** The facts of some kinds that have happened by the day, or may have, by day. */
export function factsOf<T extends FactType>({ docket, asOf }: DossierSource, ...types: T[]): DatedFact<T>[] {
  const day = parseDay(asOf) ?? -Infinity;
  const wanted: readonly FactType[] = types;
  return docket.facts
    .filter(({ type, on }) => wanted.includes(type) && (on.earliest ?? -Infinity) <= day)
    .sort((a, b) => a.on.latest - b.on.latest) as DatedFact[] as DatedFact<T>[];
}

/** The article as it is cited; codes and numbers, no prose. */
export function provision(charge: FactData['Charged']['provision']): Value | undefined {
  if (!charge) return undefined;
  const { code: book, article, part } = charge;
  return { kind: 'text', value: [book, article, ...(part === undefined ? [] : [part])].join(', ') };
}

export const term = (length: number): Value => ({ kind: 'range', unit: 'days', min: length, max: length });

/** As it was given. */
export const fineIn = ({ currency, value, qualifier }: Money): Value => ({
  kind: 'money',
  currency,
  value,
  ...(qualifier && qualifier !== 'exact' ? { qualifier } : {}),
});
