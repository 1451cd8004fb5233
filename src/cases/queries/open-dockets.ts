import { Injectable } from '@nestjs/common';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { Unsealing, type RevealedEvent } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { docketOf } from '../domain/timeline/docket.js';
import { LawBook } from '../law-book.js';
import type { CaseRecord } from '../read-models/case-records.js';
import { factOf } from '../recorded-fact.js';
import type { Shown } from './case-answer.js';
import { sightOf, type Viewer } from './viewer.js';

export const MASKED = { masked: true } as const;

/** Opens cases for whoever may see persons: read models have the readable halves of their facts only. */
@Injectable()
export class OpenDockets {
  constructor(
    private readonly histories: CaseHistories,
    private readonly unsealing: Unsealing,
    private readonly book: LawBook,
  ) {}

  /** What a viewer may see of the cases, which are none of those hidden from him. */
  async for(viewer: Viewer, records: readonly CaseRecord[]): Promise<Shown[]> {
    const whole = records.filter(({ readers }) => sightOf(viewer, readers) === 'whole');
    const opened = new Map((await this.ofRecords(whole)).map((shown, i) => [whole[i], shown]));
    return records.map((record) => opened.get(record) ?? { docket: record.docket, mark: MASKED });
  }

  /** As the records have the cases: what was recorded since is left out. Throws what `Unsealing.reveal` throws. */
  async ofRecords(records: readonly CaseRecord[]): Promise<Shown[]> {
    const made = records.map(async (record) => ({
      caseId: record.caseId,
      events: await this.histories.behind(record),
    }));
    return this.of(await Promise.all(made));
  }

  async of(histories: readonly Pick<CaseHistory, 'caseId' | 'events'>[]): Promise<Shown[]> {
    // The states of one case share most of their events.
    const all = [...new Set(histories.flatMap(({ events }) => events))];
    const opened = new Map((await this.events(all)).map((event, n) => [all[n], event]));
    return histories.map(({ caseId, events }) => {
      const own = events.map((event) => opened.get(event)!);
      return {
        docket: docketOf(caseId, own.map(factOf), this.book.law),
        mark: own.some(({ erased }) => erased) ? { erased: true } : {},
      };
    });
  }

  /** In their order; what has nothing but a citation sealed in it stays as it is. Throws what `Unsealing.reveal` throws. */
  async events(recorded: readonly RecordedEvent[]): Promise<RevealedEvent[]> {
    const wanted = recorded.filter(holdsMoreThanCitations);
    const revealed = new Map((await this.unsealing.reveal(wanted)).map((event, n) => [wanted[n], event]));
    return recorded.map((event) => revealed.get(event) ?? event);
  }
}

/** Nearly every fact has one sealed in it, and no answer about a case shows it: a case of many facts would be opened for nothing. */
const CITATION = /(?:^|\.)(?:source|sources\.\d+)\./;

const holdsMoreThanCitations = ({ sealed }: RecordedEvent): boolean =>
  sealed?.fields.some((field) => !CITATION.test(field)) ?? false;
