import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import type { Day } from '../domain/dates/day.js';
import { docketOf } from '../domain/timeline/docket.js';
import { LawBook } from '../law-book.js';
import { answer, type CaseAnswer, type Shown } from './case-answer.js';
import { MASKED, OpenDockets } from './open-dockets.js';
import { sightOf, type Sight, type Viewer } from './viewer.js';

/** A case as it stood at an instant, RFC 3339. */
export interface CaseThen {
  history: CaseHistory;
  knownAt: string;
}

interface PresentSight {
  readers: readonly string[] | undefined;
  sight: Sight;
}

/** Answers about cases as they were known: derived from the streams, since the read model knows the present only. */
@Injectable()
export class CasesThen {
  constructor(
    private readonly histories: CaseHistories,
    private readonly dockets: OpenDockets,
    private readonly book: LawBook,
  ) {}

  /** In the order given; undefined in the place of a case that the viewer may not know of. */
  async answers(
    viewer: Viewer,
    cases: readonly (CaseThen | undefined)[],
    day: Day,
  ): Promise<(CaseAnswer | undefined)[]> {
    const sights = await this.sightsOf(
      viewer,
      cases.map((one) => one?.history),
    );
    const seen = cases.flatMap((one, i) => (one && sights[i]?.sight === 'whole' ? [one.history] : []));
    const shown = new Map((await this.dockets.of(seen)).map((each, i) => [seen[i], each]));
    const answers: (CaseAnswer | undefined)[] = [];
    for (const [i, one] of cases.entries()) {
      const { readers, sight } = sights[i] ?? { sight: 'none' };
      if (!one || sight === 'none') {
        answers.push(undefined);
        continue;
      }
      const { history, knownAt } = one;
      const { docket, mark } = shown.get(history) ?? this.#masked(history);
      const question = { day, knownAt, law: this.book.law };
      answers.push(answer({ ...history, readers, docket }, { docket, mark }, question));
      // Fifty answers about a case of five hundred facts take a second: others are to be answered in between.
      await setImmediate();
    }
    return answers;
  }

  /** Who may see a case is a question of today, and of each case that it was made of then: parted since, each has its own readers. */
  async sightsOf(
    viewer: Viewer,
    cases: readonly (CaseHistory | undefined)[],
  ): Promise<(PresentSight | undefined)[]> {
    const known = new Map<string, Promise<readonly string[] | undefined>>();
    const readersOf = (caseId: string): Promise<readonly string[] | undefined> => {
      const readers = known.get(caseId) ?? this.histories.readersOf(caseId);
      known.set(caseId, readers);
      return readers;
    };
    return Promise.all(
      cases.map(async (one) => {
        if (!one) return undefined;
        const readers = await Promise.all([one.caseId, ...one.mergedFrom].map(readersOf));
        const sights = new Set(readers.map((each) => sightOf(viewer, each)));
        const sight = (['none', 'masked', 'whole'] as const).find((each) => sights.has(each)) ?? 'none';
        return { readers: readers[0], sight };
      }),
    );
  }

  #masked({ caseId, recorded }: CaseHistory): Shown {
    return { docket: docketOf(caseId, recorded, this.book.law), mark: MASKED };
  }
}
