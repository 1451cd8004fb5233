import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Ledger } from '../../ledger/ledger.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { CaseHistories } from '../case-history.js';
import { streamOf } from '../case-stream.js';
import type { FactType } from '../domain/facts/facts.js';
import { fold, type CaseFile } from '../domain/file/case-file.js';
import { factOf } from '../recorded-fact.js';

/** A case as a command finds it. */
export interface OpenFile {
  file: CaseFile;
  /** The events of its own stream. */
  events: readonly RecordedEvent[];
  revision: number;
  lastRecordedAt: string;
}

const MOST_FILES_KEPT = 2_000;
const MOST_EVENTS_KEPT = 100_000;

const TAKES_IN_ANOTHER: ReadonlySet<string> = new Set<FactType>(['CaseAbsorbed']);

/** The files that commands decide on; those in use are kept, and brought up to date from the store at each command. */
@Injectable()
export class CaseFiles {
  readonly #kept = new LRUCache<string, OpenFile>({
    max: MOST_FILES_KEPT,
    maxSize: MOST_EVENTS_KEPT,
    sizeCalculation: ({ events }) => events.length,
  });

  constructor(
    private readonly ledger: Ledger,
    private readonly histories: CaseHistories,
  ) {}

  /** Undefined if nothing is recorded of the case. */
  async open(caseId: string): Promise<OpenFile | undefined> {
    const kept = this.#kept.get(caseId);
    const later = await this.ledger.read(streamOf(caseId), kept ? kept.revision + 1 : 0);
    if (kept && later.length === 0) return kept;
    const events = [...(kept?.events ?? []), ...later];
    const last = events.at(-1);
    if (!last) return undefined;
    const open: OpenFile = {
      file: await this.#fileOf(caseId, events),
      events,
      revision: last.revision,
      lastRecordedAt: last.recordedAt,
    };
    this.#kept.set(caseId, open);
    return open;
  }

  /** A file that has taken in others is read with their facts; they change no more. */
  async #fileOf(caseId: string, events: readonly RecordedEvent[]): Promise<CaseFile> {
    if (!events.some(({ type }) => TAKES_IN_ANOTHER.has(type))) return fold(events.map(factOf));
    return fold(await this.histories.recordedOf(caseId));
  }
}
