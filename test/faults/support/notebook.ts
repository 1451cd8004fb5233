import type { HistoryEvent, Recorded } from '../../support/caseworker.js';

/** What all callers together have been told: which events stand in which case. */
export class Notebook {
  readonly #told = new Map<string, Set<string>>();
  #changed = new Set<string>();

  acknowledged({ caseId, events }: Pick<Recorded, 'caseId' | 'events'>): void {
    const told = this.#told.get(caseId) ?? new Set();
    for (const { eventId } of events) told.add(eventId);
    this.#told.set(caseId, told);
    this.#changed.add(caseId);
  }

  get caseIds(): string[] {
    return [...this.#told.keys()];
  }

  /** The cases in which something was acknowledged since this was last asked. */
  changedCases(): string[] {
    const changed = [...this.#changed];
    this.#changed = new Set();
    return changed;
  }

  /** What is wrong with a history, given that this many commands may have been carried out without an answer. */
  faultsIn(caseId: string, history: readonly HistoryEvent[], unanswered = 0): string[] {
    const told = this.#told.get(caseId) ?? new Set();
    const stored = history.map(({ eventId }) => eventId);
    const commands = new Set(
      history.filter(({ eventId }) => !told.has(eventId)).map(({ causationId }) => causationId),
    );
    return [
      ...[...told].filter((eventId) => !stored.includes(eventId)).map((eventId) => `${eventId} is lost`),
      ...stored
        .filter((eventId, i) => stored.indexOf(eventId) < i)
        .map((eventId) => `${eventId} stands twice`),
      ...history
        .filter(({ revision }, i) => revision !== i)
        .map(({ revision }) => `revision ${revision} is out of place`),
      ...(commands.size > unanswered ? [`${commands.size} commands that nobody was told of`] : []),
    ];
  }
}
