import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Registry } from 'prom-client';
import { AccessLogModule } from './access-log/access-log.module.js';
import { ErasedCases } from './access-log/erased-cases.js';
import { AccessEntries } from './access-log/read-model/access-entries.js';
import { CasesModule } from './cases/cases.module.js';
import { KeyClaims } from './recording/key-claims.js';
import { LawBook } from './cases/law-book.js';
import { RecordedErasures } from './cases/queries/erased-cases.js';
import { CASES } from './cases/read-models/case-read-model.js';
import { CaseRecords } from './cases/read-models/case-records.js';
import { CASE_UPCASTERS } from './cases/upcasters.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { eventsIn, openEventStore } from './event-store-location.js';
import { EventStore } from './event-store/event-store.js';
import { HttpModule } from './http/http.module.js';
import { PublicOnlyModule } from './http/public-only.module.js';
import { LogWatch } from './http/health/log-watch.js';
import { ReadModelLag } from './http/health/read-model-lag.js';
import { LedgerReader } from './ledger/ledger-reader.js';
import { Upcasting } from './ledger/upcasting.js';
import { openKeyClaims } from './key-claims-location.js';
import { Log } from './log.js';
import { ParkedController } from './projections/http/parked.controller.js';
import { ProjectionsController } from './projections/http/projections.controller.js';
import { Projections } from './projections/projections.js';
import { ReadSide } from './read-side.js';
import { RegisterBook } from './register/register-book.js';
import { RegisterModule } from './register/register.module.js';
import { gatheringIn } from './report-side.js';
import { Gathering } from './reports/gathering/gathering.js';
import { ReportsModule } from './reports/reports.module.js';
import { SecurityModule } from './security/security.module.js';
import { Shutdown } from './shutdown.js';
import { LogGauges } from './transparency/log-gauges.js';
import { LogReader } from './transparency/log/log-reader.js';
import { TransparencyLog } from './transparency/transparency-log.js';
import { TransparencySide } from './transparency-side.js';
import { WITH_KEYS } from './with-keys.js';

/** The whole service: what every room may ask for, in the order in which it hangs together, then the rooms. */
@Module({})
export class AppModule {
  static of(config: Config, clock: Clock, log: Log, shutdown: Shutdown): DynamicModule {
    const shared: Provider[] = [
      { provide: Config, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: Log, useValue: log },
      { provide: Shutdown, useValue: shutdown },
      { provide: LawBook, useFactory: () => LawBook.of('BY') },
      { provide: EventStore, inject: [Config, Shutdown, Log], useFactory: openStore },
      { provide: Upcasting, useFactory: () => new Upcasting(CASE_UPCASTERS) },
      {
        provide: LedgerReader,
        inject: [EventStore, Upcasting],
        useFactory: (store: EventStore, upcasting: Upcasting) => new LedgerReader(store, upcasting),
      },
      {
        provide: ReadSide,
        inject: [Config, EventStore, LedgerReader, Clock, Log, Shutdown, LawBook],
        useFactory: openReadSide,
      },
      { provide: Projections, inject: [ReadSide], useFactory: (side: ReadSide) => side.projections },
      { provide: CaseRecords, inject: [ReadSide], useFactory: (side: ReadSide) => side.records },
      { provide: AccessEntries, inject: [ReadSide], useFactory: (side: ReadSide) => side.accessEntries },
      {
        provide: ReadModelLag,
        inject: [Projections],
        useFactory: (projections: Projections): ReadModelLag => ({
          seconds: () => projections.lagSeconds(CASES),
        }),
      },
      {
        provide: TransparencySide,
        inject: [Config, EventStore, Clock, Log, Shutdown],
        useFactory: openTransparencySide,
      },
      { provide: LogReader, inject: [TransparencySide], useFactory: (side: TransparencySide) => side.reader },
      {
        provide: TransparencyLog,
        inject: [TransparencySide],
        useFactory: (side: TransparencySide) => side.log,
      },
      { provide: LogWatch, useExisting: TransparencyLog },
      {
        provide: LogGauges,
        inject: [Registry, TransparencyLog],
        useFactory: (registry: Registry, watched: TransparencyLog) => new LogGauges(registry, watched),
      },
    ];
    const frame = { module: AppModule, global: true, providers: shared, exports: shared };
    const own: Provider[] = [
      ...WITH_KEYS,
      { provide: KeyClaims, inject: [Config, Shutdown], useFactory: openClaims },
      { provide: ErasedCases, useClass: RecordedErasures },
      {
        provide: Gathering,
        inject: [Config, EventStore, RegisterBook, Clock, Shutdown],
        useFactory: openReportSide,
      },
    ];
    return config.roles.has('api')
      ? {
          ...frame,
          providers: [...shared, ...own],
          exports: [...shared, ...own],
          imports: [HttpModule, SecurityModule, AccessLogModule, CasesModule, RegisterModule, ReportsModule],
          controllers: [ProjectionsController, ParkedController],
        }
      : { ...frame, imports: [HttpModule, PublicOnlyModule] };
  }
}

async function openStore(config: Config, shutdown: Shutdown, log: Log): Promise<EventStore> {
  const store = openEventStore(eventsIn(config), {
    onTrouble: (reason) => log.warn({ reason }, 'event store trouble'),
  });
  shutdown.during('close stores', () => store.close());
  // One that is elsewhere may not be there: better said now than by whoever asks it first.
  await store.head();
  return store;
}

async function openClaims(config: Config, shutdown: Shutdown): Promise<KeyClaims> {
  const claims = await openKeyClaims(config);
  shutdown.during('close stores', () => claims.close());
  return claims;
}

const openReadSide = (
  config: Config,
  store: EventStore,
  ledger: LedgerReader,
  clock: Clock,
  log: Log,
  shutdown: Shutdown,
  { law }: LawBook,
): Promise<ReadSide> =>
  ReadSide.open({ config, store, ledger, clock, log, shutdown, timeZone: law.timeZone });

const openTransparencySide = (
  config: Config,
  store: EventStore,
  clock: Clock,
  log: Log,
  shutdown: Shutdown,
): Promise<TransparencySide> => TransparencySide.open({ config, store, clock, log, shutdown });

function openReportSide(
  config: Config,
  store: EventStore,
  book: RegisterBook,
  clock: Clock,
  shutdown: Shutdown,
): Gathering {
  const { gathering, close } = gatheringIn(config, { store, book, clock });
  shutdown.during('close stores', close);
  return gathering;
}
