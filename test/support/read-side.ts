import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { CaseHistories } from '../../src/cases/case-history.js';
import { streamOf } from '../../src/cases/case-stream.js';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import { LawBook } from '../../src/cases/law-book.js';
import type { CaseAnswer } from '../../src/cases/queries/case-answer.js';
import { Freshness } from '../../src/cases/queries/freshness.js';
import { GetCase, GetCaseHandler } from '../../src/cases/queries/get-case.js';
import { type CasePage, ListCases, ListCasesHandler } from '../../src/cases/queries/list-cases.js';
import { PresentCases } from '../../src/cases/queries/present-cases.js';
import type { Viewer } from '../../src/cases/queries/viewer.js';
import { CASES, CaseReadModel } from '../../src/cases/read-models/case-read-model.js';
import { CaseRecords } from '../../src/cases/read-models/case-records.js';
import type { CaseTables } from '../../src/cases/read-models/case-tables.js';
import { migrate } from '../../src/database/migrate.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { Projections } from '../../src/projections/projections.js';
import { Projector } from '../../src/projections/projector.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from '../../src/projections/tables.js';
import { freshFile, type FreshDatabase } from './databases.js';
import { fact } from './derived.js';
import { eventually } from './eventually.js';
import { FixedClock } from './fixed-clock.js';
import { InMemoryEventStore } from './in-memory-event-store.js';

export const CASEWORKER: Viewer = {
  principalId: 'd0000000-0000-4000-8000-000000000001',
  roles: ['caseworker'],
};
export const AUDITOR: Viewer = {
  principalId: 'd0000000-0000-4000-8000-000000000002',
  roles: ['auditor'],
};

export interface Recorded {
  caseId: string;
  /** In the order of the facts given. */
  eventIds: string[];
}

/**
 * The read side as it runs in the service (projector, read model, queries), on a store in memory and without Nest. Facts are
 * recorded as they are given: nothing here refuses anything.
 */
export class ReadSide {
  readonly clock = new FixedClock('2020-02-07T12:00:00.000Z');
  readonly store = new InMemoryEventStore();
  readonly ledger = new Ledger(this.store, new Upcasting([]));
  readonly book = LawBook.of('BY');
  readonly histories = new CaseHistories(this.ledger);
  readonly database: Kysely<ProjectionTables>;
  readonly records: CaseRecords;
  readonly cases: PresentCases;
  readonly projections: Projections;
  readonly freshness: Freshness;
  readonly #projector: Projector;
  #last = '';

  private constructor(private readonly place: FreshDatabase) {
    this.database = place.open({ durability: 'derived' });
    this.records = new CaseRecords(this.database.withTables<CaseTables>());
    this.cases = new PresentCases(this.records, this.histories);
    const { database, store, clock } = this;
    const model = new CaseReadModel(this.histories, this.book.law);
    this.projections = new Projections({
      reader: database,
      writer: database,
      store,
      clock,
      recordedAt: (event) => this.ledger.open(event).recordedAt,
      models: [model],
      nudge: () => this.#projector.nudge(),
    });
    const tell = this.projections.heard.bind(this.projections);
    this.#projector = new Projector({ database, store, clock, models: [model], tell });
    this.freshness = new Freshness(this.projections);
  }

  static async start(fresh: () => Promise<FreshDatabase> = freshFile): Promise<ReadSide> {
    const side = new ReadSide(await fresh());
    await migrate(side.database, 'projections', PROJECTION_MIGRATIONS);
    await side.#projector.start();
    return side;
  }

  async stop(): Promise<void> {
    await this.#projector.stop();
    await this.place.remove();
  }

  /** Records facts of a case, at the clock's time. */
  async record(caseId: string, ...facts: Fact[]): Promise<Recorded> {
    const events = facts.map(({ type, data }) => ({ eventId: randomUUID(), type, data: { ...data } }));
    const envelope = {
      recordedAt: this.clock.now().toISOString(),
      recordedBy: 'p',
      correlationId: 'c',
      causationId: 'k',
    };
    this.#last = (await this.ledger.append(streamOf(caseId), events, envelope, 'no_stream')).position;
    return { caseId, eventIds: events.map(({ eventId }) => eventId) };
  }

  open(name: string, ...facts: Fact[]): Promise<Recorded> {
    const person = { names: [{ form: name }], roles: ['protester' as const] };
    return this.record(randomUUID(), fact('CaseOpened', { person }), ...facts);
  }

  async merge(caseId: string, intoCaseId: string): Promise<void> {
    const throughRevision = (await this.ledger.read(streamOf(caseId))).length - 1;
    await this.record(intoCaseId, fact('CaseAbsorbed', { caseId, throughRevision, reason: 'the same' }));
    await this.record(caseId, fact('CaseMerged', { intoCaseId, reason: 'the same' }));
  }

  async unmerge(caseId: string, fromCaseId: string): Promise<void> {
    await this.record(fromCaseId, fact('CaseReleasedFromMerge', { caseId, reason: 'not the same' }));
    await this.record(caseId, fact('CaseUnmerged', { fromCaseId, reason: 'not the same' }));
  }

  /** Resolves when the read model shows all that was recorded. */
  caughtUp(): Promise<void> {
    return this.projections.waitFor(CASES, this.#last, 5_000);
  }

  rebuilt(): Promise<void> {
    return eventually(async () => {
      if ((await this.projections.status()).some(({ rebuild }) => rebuild))
        throw new Error('still being rebuilt');
    });
  }

  async get(
    caseId: string,
    asked: Omit<GetCase['asked'], 'caseId' | 'viewer'> = {},
    viewer = CASEWORKER,
  ): Promise<CaseAnswer> {
    await this.caughtUp();
    const { cases, histories, freshness, clock, book } = this;
    return new GetCaseHandler(cases, histories, freshness, clock, book).execute(
      new GetCase({ caseId, ...asked, viewer }),
    );
  }

  async list(asked: Omit<ListCases['asked'], 'viewer'> = {}, viewer = CASEWORKER): Promise<CasePage> {
    await this.caughtUp();
    const { records, freshness, clock, book } = this;
    return new ListCasesHandler(records, freshness, clock, book).execute(new ListCases({ ...asked, viewer }));
  }

  async listed(asked: Omit<ListCases['asked'], 'viewer'> = {}): Promise<string[]> {
    return (await this.list(asked)).items.map(({ caseId }) => caseId);
  }
}
