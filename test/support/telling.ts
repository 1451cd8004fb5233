import { fact } from './derived.js';
import { CASEWORKER, type ReadSide } from './read-side.js';
import { chosen, Merged, type Move } from './stories.js';

/** Some cases of the register, which are told of move by move. */
export class Telling {
  readonly cases: string[] = [];
  readonly #merged = new Merged();
  readonly #events = new Map<string, string[]>();

  constructor(private readonly side: ReadSide) {}

  async move(move: Move): Promise<void> {
    if (move.kind === 'wait') return this.side.clock.forward(move.seconds);
    // Most moves have an instant of their own.
    if (move.which % 4 > 0) this.side.clock.forward(move.which);
    if (move.kind === 'open') return this.#open();
    const caseId = chosen(this.cases, move.which)!;
    if (move.kind === 'part') return this.#part(caseId);
    if (this.#merged.has(caseId)) return;
    if (move.kind === 'merge') return this.#merge(caseId, chosen(this.cases, move.into)!);
    if (move.kind === 'record') return this.#record(caseId, move.fact);
    if (move.kind === 'restrict')
      return this.#record(
        caseId,
        fact('CaseRestricted', { to: [CASEWORKER.principalId], reason: 'threats' }),
      );
    if (move.kind === 'lift') return this.#record(caseId, fact('CaseUnrestricted', { reason: 'over' }));
    const eventId = chosen(this.#events.get(caseId) ?? [], move.target);
    if (eventId === undefined) return;
    if (move.kind === 'void')
      return this.#record(caseId, fact('EventVoided', { eventId, reason: 'duplicate' }));
    const { recorded } = (await this.side.histories.load(caseId))!;
    const target = recorded.find((one) => one.eventId === eventId);
    if (!target || target.type.startsWith('Event')) return;
    const data = { ...target.data, at: move.at };
    return this.#record(caseId, fact('EventCorrected', { eventId, data, reason: 'misread' }));
  }

  async #open(): Promise<void> {
    const { caseId, eventIds } = await this.side.open(`Person ${this.cases.length}`);
    this.cases.push(caseId);
    // Its opening is corrected by nobody here.
    this.#events.set(caseId, eventIds.slice(1));
  }

  async #record(caseId: string, ...facts: Parameters<ReadSide['record']>[1][]): Promise<void> {
    const { eventIds } = await this.side.record(caseId, ...facts);
    this.#events.get(caseId)!.push(...eventIds);
  }

  async #merge(caseId: string, into: string): Promise<void> {
    if (caseId === into || this.#merged.has(into)) return;
    this.#merged.merge(caseId, into);
    await this.side.merge(caseId, into);
  }

  async #part(caseId: string): Promise<void> {
    const into = this.#merged.intoOf(caseId);
    if (into === undefined || this.#merged.has(into)) return;
    this.#merged.part(caseId);
    await this.side.unmerge(caseId, into);
  }
}
