import { Journal, type CaseRead, type HistoryRead, type Sent } from '../journal.js';
import { faultsIn } from './checker.js';
import type { StoredEvent } from './final-history.js';

/** A made-up story of one case: who asked what, what they were told, and what stands there in the end. */
export class Story {
  readonly journal = new Journal();
  final: StoredEvent[] = [];

  /** A command of one event, or of a decision and one penalty, on its way. */
  sends(key: string, asked: Partial<Sent> = {}): Sent {
    return this.journal.begin<Sent>({
      kind: 'command',
      caller: 'Ann',
      at: 'one',
      caseId: 'c',
      key,
      size: 1,
      ...asked,
    });
  }

  /** The store has it. */
  stores(key: string, types: readonly string[] = ['NoteAdded']): void {
    for (const [n, type] of types.entries()) {
      this.final.push({ eventId: `${key}.${n}`, revision: this.final.length, type, key });
    }
  }

  acknowledges(sent: Sent, revision = this.final.length - 1, told: Partial<Sent['told']> = {}): void {
    const eventIds = Array.from({ length: sent.size }, (_, n) => `${sent.key}.${n}`);
    this.journal.end(sent, { status: 201, told: { revision, eventIds, replayed: false, ...told } });
  }

  /** All of it, one after the other. */
  records(key: string, asked: Partial<Sent> = {}, types?: readonly string[]): void {
    const sent = this.sends(key, asked);
    this.stores(key, types);
    this.acknowledges(sent);
  }

  reads(caller = 'Bob'): HistoryRead {
    return this.journal.begin<HistoryRead>({ kind: 'history', caller, at: 'other', caseId: 'c' });
  }

  sees(read: HistoryRead, count = this.final.length): void {
    this.journal.end(read, { status: 200, seen: this.final.slice(0, count) });
  }

  looks(revision: number, decisions = 0, asked: Partial<CaseRead> = {}): void {
    const read = this.journal.begin<CaseRead>({
      kind: 'case',
      caller: 'Bob',
      at: 'other',
      caseId: 'c',
      ...asked,
    });
    this.journal.end(read, { status: 200, shown: { revision, decisions } });
  }

  get faults(): string[] {
    return faultsIn(this.journal.entries, new Map([['c', this.final]]));
  }
}

export const DECISION = ['DecisionRendered', 'SentenceImposed'];
export const REFUSED = { status: 412 };

/** A case with three events, all acknowledged and read. */
export function opened(): Story {
  const story = new Story();
  for (const key of ['open', 'a', 'b']) story.records(key);
  story.sees(story.reads());
  return story;
}

/** What a broken register makes of it, and what is said of that. */
export type Breakage = [what: string, happens: (story: Story) => void, fault: string];
