import { expect } from '@jest/globals';
import type { CaseCommand, DraftFact, RecordableType } from '../../src/cases/domain/decide/commands.js';
import type { DecideContext, Sender } from '../../src/cases/domain/decide/context.js';
import { decide } from '../../src/cases/domain/decide/decide.js';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import { fold } from '../../src/cases/domain/file/case-file.js';
import { Refusal, type RefusalKind } from '../../src/cases/domain/refusal.js';
import { fact, id, LAW, RECORDER, recorded } from './derived.js';

/** Later than everything `recorded` gives back, so that undated facts stay in order. */
export const CONTEXT: DecideContext = {
  newId: (purpose) => id(purpose),
  recordedAt: '2026-02-01T00:00:00.000Z',
  by: { principalId: RECORDER, isAdmin: false },
  law: LAW,
};

export const OPENED = fact('CaseOpened', { person: { names: [{ form: 'Test' }], roles: ['protester'] } });

/** The event id of the nth fact given; the opening of a case is its event 0. */
export const event = (n: number): string => id(`e${n}`);

export const recording = <T extends RecordableType>(
  type: T,
  data: Extract<DraftFact, { type: T }>['data'],
): CaseCommand => ({ name: 'RecordFact', fact: { type, data } as DraftFact });

export interface When {
  thenRecorded(...facts: Fact[]): void;
  thenAccepted(): void;
  /** And nothing is recorded. */
  thenRefused(code: string, details?: { kind?: RefusalKind; pointer?: string; survivor?: string }): void;
}

/** A case of which these facts are recorded, by the one who sends the command if nobody else is named: `given(…).when(command).thenRecorded(…)`. */
export const given = (...facts: Fact[]): { when(command: CaseCommand, by?: Sender): When } => ({
  when: (command, by = CONTEXT.by) => {
    const history = recorded(facts);
    const before = structuredClone(history);
    const decided = outcomeOf(() => decide(fold(history), command, { ...CONTEXT, by }));
    expect(history).toEqual(before);
    return {
      thenRecorded: (...expected) => expect(decided).toEqual(expected),
      thenAccepted: () => expect(decided).toEqual(expect.any(Array)),
      thenRefused: (code, { kind = 'refused', pointer, survivor } = {}) => {
        expect(decided).toBeInstanceOf(Refusal);
        expect(decided).toMatchObject({ kind, code });
        if (pointer !== undefined) expect(decided).toMatchObject({ pointer });
        if (survivor !== undefined) expect(decided).toMatchObject({ extra: { survivor } });
      },
    };
  },
});

/** An opened case of which these facts are recorded, too, as events 1 and on. */
export const givenCase = (...facts: Fact[]): ReturnType<typeof given> => given(OPENED, ...facts);

/** The facts decided, or the Refusal. Any other error is none of the domain's and goes on. */
export function outcomeOf<T>(deciding: () => T): T | Refusal {
  try {
    return deciding();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
