import type { Fact, FactType, RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { RECORDER } from '../derived.js';

/** An id for the nth thing of a kind; readable, and the same in every run. */
export const idOf = (kind: string, ...numbers: number[]): string => {
  const digits = numbers.map((number) => String(number).padStart(6, '0')).join('');
  return `${Buffer.from(kind).toString('hex').padEnd(8, '0').slice(0, 8)}-0000-4000-8000-${digits.padStart(12, '0').slice(-12)}`;
};

/** The file of one person as it grows, one fact a second. */
export class GrowingFile {
  readonly facts: RecordedFact[] = [];

  constructor(
    readonly caseId: string,
    private readonly place: number,
    private time: number,
  ) {}

  /** Gives the id of the event. */
  record<T extends FactType>(type: T, data: Extract<Fact, { type: T }>['data'], later = 1000): string {
    this.time += later;
    const eventId = idOf('even', this.place, this.facts.length);
    this.facts.push({
      type,
      data,
      eventId,
      caseId: this.caseId,
      revision: this.facts.length,
      recordedAt: new Date(this.time).toISOString(),
      recordedBy: RECORDER,
    } as RecordedFact);
    return eventId;
  }
}
