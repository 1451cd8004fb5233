import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { CaseHistories } from '../../src/cases/case-history.js';
import { streamOf } from '../../src/cases/case-stream.js';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import { LawBook } from '../../src/cases/law-book.js';
import { KnownNames } from '../../src/cases/names/known-names.js';
import { OpenedNames } from '../../src/cases/names/opened-names.js';
import type { CaseAnswer } from '../../src/cases/queries/case-answer.js';
import { Freshness } from '../../src/cases/queries/freshness.js';
import { GetCase, GetCaseHandler } from '../../src/cases/queries/get-case.js';
import { type CasePage, ListCases, ListCasesHandler } from '../../src/cases/queries/list-cases.js';
import { CasesThen } from '../../src/cases/queries/cases-then.js';
import { ListThen } from '../../src/cases/queries/list-then.js';
import { type CaseReplay, ReplayCase, ReplayCaseHandler } from '../../src/cases/queries/replay-case.js';
import { OpenDockets } from '../../src/cases/queries/open-dockets.js';
import { PresentCases } from '../../src/cases/queries/present-cases.js';
import type { Viewer } from '../../src/cases/queries/viewer.js';
import { CASES, CaseReadModel } from '../../src/cases/read-models/case-read-model.js';
import { CaseRecords } from '../../src/cases/read-models/case-records.js';
import type { CaseTables } from '../../src/cases/read-models/case-tables.js';
import { migrate } from '../../src/database/migrate.js';
import { createLog } from '../../src/log.js';
import { Projections } from '../../src/projections/projections.js';
import { Projector } from '../../src/projections/projector.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from '../../src/projections/tables.js';
import { DataKeysInMemory } from './data-keys.js';
import { Shutdown } from '../../src/shutdown.js';
import { freshFile, type FreshDatabase } from './databases.js';
import { fact } from './derived.js';
import { eventually } from './eventually.js';
import { FixedClock } from './fixed-clock.js';
import { InMemoryEventStore } from './in-memory-event-store.js';
import { Halving, ledgerOn, readerOn, unsealingWith } from './ledgers.js';
import { READER } from './oracle/reader.js';

const SILENT = createLog({ logLevel: 'silent' });

export const CASEWORKER: Viewer = {
  principalId: READER,
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
  readonly keys = new DataKeysInMemory();
  readonly ledger = ledgerOn(this.store, this.keys);
  readonly reader = readerOn(this.store);
  readonly unsealing = unsealingWith(this.keys);
  readonly book = LawBook.of('BY');
  readonly histories = new CaseHistories(this.reader);
  readonly database: Kysely<ProjectionTables>;
  readonly records: CaseRecords;
  readonly cases: PresentCases;
  readonly projections: Projections;
  readonly freshness: Freshness;
  readonly #projector: Projector;
  readonly dockets: OpenDockets;
  readonly past: CasesThen;
  readonly names: KnownNames;
  readonly #halving = new Halving();
  readonly #shutdown = new Shutdown(SILENT);
  /** The position of what was recorded last. */
  last = '';

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
      recordedAt: (event) => this.reader.open(event).recordedAt,
      models: [model],
      nudge: () => this.#projector.nudge(),
    });
    const tell = this.projections.heard.bind(this.projections);
    this.#projector = new Projector({ database, store, clock, models: [model], tell });
    this.freshness = new Freshness(this.projections);
    this.dockets = new OpenDockets(this.histories, this.unsealing, this.book);
    this.past = new CasesThen(this.histories, this.dockets, this.book);
    const opened = new OpenedNames(this.unsealing);
    this.names = new KnownNames(
      store,
      this.histories,
      this.records,
      opened,
      this.projections,
      SILENT,
      this.#shutdown,
    );
  }

  static async start(fresh: () => Promise<FreshDatabase> = freshFile): Promise<ReadSide> {
    const side = new ReadSide(await fresh());
    await migrate(side.database, 'projections', PROJECTION_MIGRATIONS);
    await side.#projector.start();
    side.names.onApplicationBootstrap();
    return side;
  }

  async stop(): Promise<void> {
    await this.#shutdown.run();
    await this.#projector.stop();
    await this.place.remove();
  }

  /** Records facts of a case, at the clock's time. */
  async record(caseId: string, ...facts: Fact[]): Promise<Recorded> {
    const events = facts.map((each) => this.#halving.of(each, randomUUID()));
    const envelope = {
      recordedAt: this.clock.now().toISOString(),
      recordedBy: 'p',
      correlationId: 'c',
      causationId: 'k',
    };
    const there = (await this.store.read(streamOf(caseId))).length;
    const expected = there === 0 ? 'no_stream' : there - 1;
    this.last = (await this.ledger.append(streamOf(caseId), events, envelope, expected)).position;
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
    return this.projections.waitFor(CASES, this.last, 60_000);
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
    const { cases, histories, dockets, past, freshness, clock, book } = this;
    return new GetCaseHandler(cases, histories, dockets, past, freshness, clock, book).execute(
      new GetCase({ caseId, ...asked, viewer }),
    );
  }

  async list(asked: Omit<ListCases['asked'], 'viewer'> = {}, viewer = CASEWORKER): Promise<CasePage> {
    await this.caughtUp();
    const { store, records, histories, names, dockets, past, freshness, clock, book } = this;
    const opened = new OpenedNames(this.unsealing);
    const listThen = new ListThen(store, records, histories, past, opened, freshness, clock, book);
    const handler = new ListCasesHandler(records, names, dockets, listThen, freshness, clock, book);
    const minPosition = asked.name === undefined ? undefined : this.last;
    return handler.execute(new ListCases({ minPosition, ...asked, viewer }));
  }

  async replay(
    caseId: string,
    asked: Omit<ReplayCase['asked'], 'caseId' | 'viewer'> = {},
    viewer = CASEWORKER,
  ): Promise<CaseReplay> {
    const { histories, unsealing, past, clock } = this;
    return new ReplayCaseHandler(histories, unsealing, past, clock).execute(
      new ReplayCase({ caseId, ...asked, viewer }),
    );
  }

  async listed(asked: Omit<ListCases['asked'], 'viewer'> = {}): Promise<string[]> {
    return (await this.list(asked)).items.map(({ caseId }) => caseId);
  }
}
