import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Person } from '../domain/facts/case-facts.js';
import { indexKeys, nameKeys, type NameKeys } from '../domain/names/name-keys.js';
import {
  neighbourKeys,
  similarity,
  type Similarity,
  type SimilarityReason,
} from '../domain/names/similarity.js';
import { personIn } from '../domain/timeline/person.js';
import { type CaseRecord, CaseRecords } from '../read-models/case-records.js';
import { KnownNames } from '../names/known-names.js';
import { Freshness } from './freshness.js';
import { OpenDockets } from './open-dockets.js';
import { PresentCases } from './present-cases.js';
import { asCaseworker, type Viewer } from './viewer.js';

const PROPOSED = 50;
/** Some may be hidden from who asks, or merged away by now: the others move up, as if those were not there. */
const LOOKED_AT_A_TIME = 2 * PROPOSED;

export interface SimilarCase {
  caseId: string;
  person: Person;
  /** 0 to 1. */
  score: number;
  reasons: (SimilarityReason | 'same_birth_date' | 'different_birth_date')[];
}

export interface SimilarCases {
  caseId: string;
  /** The most alike first; at most 50. */
  items: SimilarCase[];
}

/** Other cases that may be of the same person, and why. Nothing is merged: that takes a person's decision. */
export class FindSimilar extends Query<SimilarCases> {
  constructor(readonly asked: { caseId: string; minPosition?: string; viewer: Viewer }) {
    super();
  }
}

@QueryHandler(FindSimilar)
export class FindSimilarHandler implements IQueryHandler<FindSimilar, SimilarCases> {
  constructor(
    private readonly cases: PresentCases,
    private readonly records: CaseRecords,
    private readonly names: KnownNames,
    private readonly dockets: OpenDockets,
    private readonly freshness: Freshness,
  ) {}

  async execute({ asked: { caseId, minPosition, viewer } }: FindSimilar): Promise<SimilarCases> {
    await this.freshness.atLeast(minPosition);
    const record = await this.cases.find(caseId, asCaseworker(viewer));
    const [shown] = await this.dockets.ofRecords([record]);
    const person = personIn(shown!.docket);
    const items = await this.#like(person, record.caseId, viewer.principalId, minPosition);
    return { caseId: record.caseId, items };
  }

  /** Among the cases that `reader` may know of. */
  async #like(
    person: Person,
    ownCaseId: string,
    reader: string,
    minPosition: string | undefined,
  ): Promise<SimilarCase[]> {
    await this.names.atLeast(minPosition);
    const own = person.names.map(({ form }) => form);
    const keys = new Set(own.map(nameKeys).flatMap((name) => [...familyKeys(name), ...neighbourKeys(name)]));
    const alike = this.names
      .like([...keys])
      .filter(({ caseId }) => caseId !== ownCaseId)
      .map(({ caseId, forms }) => ({ caseId, ...likeness(own, forms) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.caseId < b.caseId ? -1 : 1));
    const found = await this.#firstOpenTo(reader, alike);
    const dockets = await this.dockets.ofRecords(found.map(({ record }) => record));
    return found.map(({ record, why }, i) => {
      const other = personIn(dockets[i]!.docket);
      return {
        caseId: record.caseId,
        person: other,
        ...why,
        reasons: [...why.reasons, ...birthDates(person, other)],
      };
    });
  }

  /** The most alike of those that `reader` may know of. */
  async #firstOpenTo(
    reader: string,
    alike: readonly Alike[],
  ): Promise<{ record: CaseRecord; why: Similarity }[]> {
    const found: { record: CaseRecord; why: Similarity }[] = [];
    for (let from = 0; from < alike.length && found.length < PROPOSED; from += LOOKED_AT_A_TIME) {
      const some = alike.slice(from, from + LOOKED_AT_A_TIME);
      const ids = some.map(({ caseId }) => caseId);
      const open = await this.records.openWithIds(ids, reader);
      const records = new Map(open.map((record) => [record.caseId, record]));
      for (const { caseId, ...why } of some) {
        const record = records.get(caseId);
        if (record) found.push({ record, why });
      }
    }
    return found.slice(0, PROPOSED);
  }
}

type Alike = Similarity & { caseId: string };

/** Given names and patronymics are shared by far too many. */
const familyKeys = (name: NameKeys): string[] => indexKeys(name).filter((key) => !key.includes(':'));

/** The closest two of their names. */
function likeness(these: readonly string[], those: readonly string[]): Similarity {
  const pairs = these.flatMap((one) => those.map((other) => similarity(one, other)));
  return pairs.reduce((best, pair) => (pair.score > best.score ? pair : best), { score: 0, reasons: [] });
}

function birthDates(a: Person, b: Person): ('same_birth_date' | 'different_birth_date')[] {
  if (a.born === undefined || b.born === undefined || !(isDay(a.born) && isDay(b.born))) return [];
  return [a.born === b.born ? 'same_birth_date' : 'different_birth_date'];
}

const isDay = (date: string): boolean => /^\d{4}-\d\d-\d\d$/.test(date);
