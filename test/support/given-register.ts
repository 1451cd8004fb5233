import { expect } from '@jest/globals';
import { Refusal, type RefusalKind } from '../../src/cases/domain/refusal.js';
import { decide, type RegisterCommand } from '../../src/register/domain/decide.js';
import type { RecordedRegisterFact, RegisterFact } from '../../src/register/domain/facts.js';
import type { Subject } from '../../src/register/domain/kinds.js';
import { id, LAW } from './derived.js';
import { outcomeOf } from './given-when-then.js';

/** A fact of one campaign, estimate or recommendation, which is called by a name. */
export type Told = readonly [subject: Subject, name: string, fact: RegisterFact];

const streamOfNamed = (subject: Subject, name: string): string => `${subject}-${id(name)}`;

/** As the store gives them: the nth one told has the event id `id('e<n>')`, and was recorded on the nth day of February 2020. */
export function recordedInRegister(told: readonly Told[]): RecordedRegisterFact[] {
  const revisions = new Map<string, number>();
  return told.map(([subject, name, fact], n) => {
    const stream = streamOfNamed(subject, name);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const recordedAt = `2020-02-${String(n + 1).padStart(2, '0')}T00:00:00.000Z`;
    return { ...fact, eventId: id(`e${n}`), stream, subjectId: id(name), revision, recordedAt };
  });
}

interface When {
  thenRecorded(fact: RegisterFact): void;
  /** And nothing is recorded. */
  thenRefused(code: string, pointer: string, kind?: RefusalKind): void;
}

/** `givenRegister(…).when('campaign', 'autumn', command).thenRecorded(…)` */
export const givenRegister = (
  ...told: Told[]
): { when(subject: Subject, name: string, command: RegisterCommand): When } => ({
  when: (subject, name, command) => {
    const recorded = recordedInRegister(told);
    const before = structuredClone(recorded);
    const place = { subject, id: id(name), stream: streamOfNamed(subject, name) };
    const context = { recordedAt: '2026-02-01T00:00:00.000Z', law: LAW };
    const decided = outcomeOf(() => decide(recorded, place, command, context));
    expect(recorded).toEqual(before);
    return {
      thenRecorded: (fact) => expect(decided).toEqual(fact),
      thenRefused: (code, pointer, kind = 'refused') => {
        expect(decided).toBeInstanceOf(Refusal);
        expect(decided).toMatchObject({ code, pointer, kind });
      },
    };
  },
});
