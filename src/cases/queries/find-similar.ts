import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Person } from '../domain/facts/case-facts.js';
import { indexKeys } from '../domain/names/name-keys.js';
import {
  neighbourKeys,
  similarity,
  type Similarity,
  type SimilarityReason,
} from '../domain/names/similarity.js';
import { personIn } from '../domain/timeline/person.js';
import { CaseRecords } from '../read-models/case-records.js';
import { Freshness } from './freshness.js';
import { PresentCases } from './present-cases.js';
import { asCaseworker, type Viewer } from './viewer.js';

const LOOKED_AT = 2_000;
const PROPOSED = 50;

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
    private readonly freshness: Freshness,
  ) {}

  async execute({ asked: { caseId, minPosition, viewer } }: FindSimilar): Promise<SimilarCases> {
    await this.freshness.atLeast(minPosition);
    const record = await this.cases.find(caseId, asCaseworker(viewer));
    const person = personIn(record.docket);
    const keys = new Set(person.names.flatMap(({ form }) => [...familyKeys(form), ...neighbourKeys(form)]));
    const others = await this.records.namedLike([...keys], record.caseId, viewer.principalId, LOOKED_AT);
    const items = others
      .map((other) => ({ ...other, ...likeness(person, other.person) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.caseId < b.caseId ? -1 : 1))
      .slice(0, PROPOSED);
    return { caseId: record.caseId, items };
  }
}

/** Given names and patronymics are shared by far too many. */
const familyKeys = (form: string): string[] => indexKeys(form).filter((key) => !key.includes(':'));

function likeness(a: Person, b: Person): Pick<SimilarCase, 'score' | 'reasons'> {
  const pairs = a.names.flatMap((one) => b.names.map((other) => similarity(one.form, other.form)));
  const { score, reasons } = pairs.reduce<Similarity>(
    (best, pair) => (pair.score > best.score ? pair : best),
    {
      score: 0,
      reasons: [],
    },
  );
  if (score === 0 || a.born === undefined || b.born === undefined || !(isDay(a.born) && isDay(b.born))) {
    return { score, reasons };
  }
  return { score, reasons: [...reasons, a.born === b.born ? 'same_birth_date' : 'different_birth_date'] };
}

const isDay = (date: string): boolean => /^\d{4}-\d\d-\d\d$/.test(date);
