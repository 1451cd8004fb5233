import { Module, type OnModuleInit } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { Freshness } from '../cases/queries/freshness.js';
import { CASES } from '../cases/read-models/case-read-model.js';
import { casesUnreadable } from '../cases/read-models/case-snapshot.js';
import { CaseRecords } from '../cases/read-models/case-records.js';
import { Config } from '../config.js';
import { EventStore, type Position } from '../event-store/event-store.js';
import { Projections } from '../projections/projections.js';
import { StreamRecorder } from '../recording/stream-recorder.js';
import { Turns } from '../recording/turns.js';
import { RegisterModule } from '../register/register.module.js';
import { Shutdown } from '../shutdown.js';
import { AskedFilters } from './asking/asked-filters.js';
import { AskedStates } from './asking/asked-states.js';
import { Dossiers } from './asking/dossiers.js';
import { Reports } from './asking/reports.js';
import { ShownCases } from './asking/shown-cases.js';
import { ConsumerDatabase } from './consumers/consumer-database.js';
import { ConsumerGroups } from './consumers/consumer-groups.js';
import { ConsumersController } from './consumers/http/consumers.controller.js';
import { ReportDesk } from './desk/report-desk.js';
import { ChangeFeed } from './feed/change-feed.js';
import { FeedController } from './feed/feed.controller.js';
import { Gathering } from './gathering/gathering.js';
import { EarlierCells } from './issued/earlier-cells.js';
import { IssuedController } from './issued/http/issued.controller.js';
import { IssuedReports } from './issued/issued-reports.js';
import { IssueReport } from './issued/issue-report.js';
import { KeptCells } from './issued/kept-cells.js';
import { LaterLook } from './issued/later-look.js';
import { PublicReports } from './issued/public-reports.js';
import { DeskSources, PublicSources } from './issued/report-source.js';
import { SharedPlaces } from './issued/shared-places.js';
import { ReportsController } from './http/reports.controller.js';
import { ScheduleFigures } from './schedule/schedule-figures.js';
import { ScheduleService } from './schedule/schedule-service.js';
import { TlogController } from './tlog/tlog.controller.js';
import { ServedLog } from './tlog/served-log.js';
import { DeliveryService } from './webhooks/delivery-service.js';
import { WebhooksController } from './webhooks/http/webhooks.controller.js';
import { Outbox } from './webhooks/outbox.js';
import { ParkedMessages } from './webhooks/parked-messages.js';
import { HttpSender, Sender } from './webhooks/sender.js';
import { WebhookFigures } from './webhooks/webhook-figures.js';
import { WebhookSeals } from './webhooks/webhook-seals.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { Webhooks } from './webhooks/webhooks.js';

const WEBHOOKS = [
  WebhookSeals,
  WebhookSecrets,
  Webhooks,
  ParkedMessages,
  Outbox,
  { provide: Sender, useFactory: () => new HttpSender() },
  WebhookFigures,
  DeliveryService,
];

const REPORTS = [
  AskedStates,
  AskedFilters,
  ShownCases,
  Dossiers,
  Reports,
  { provide: ReportDesk, inject: [Gathering, Config, Shutdown], useFactory: openDesk },
];

const ISSUED = [
  Turns,
  StreamRecorder,
  KeptCells,
  IssuedReports,
  {
    provide: SharedPlaces,
    inject: [EventStore, CaseRecords, Freshness, Projections],
    useFactory: sharedPlaces,
  },
  EarlierCells,
  PublicReports,
  IssueReport,
  LaterLook,
  { provide: PublicSources, useClass: DeskSources },
  ScheduleFigures,
  ScheduleService,
];

/**
 * What leaves the register: figures, and facts without personal fields. From elsewhere it needs `EventStore`, `LedgerReader`, `LogReader`,
 * `Gathering`, `CaseRecords`, `Projections`, `Config`, `Clock`, `KeyStore`, `ServiceKey` and `Doorkeeper`.
 */
@Module({
  imports: [CasesModule, RegisterModule],
  controllers: [
    FeedController,
    ConsumersController,
    WebhooksController,
    TlogController,
    IssuedController,
    ReportsController,
  ],
  providers: [ChangeFeed, ConsumerDatabase, ConsumerGroups, ServedLog, ...WEBHOOKS, ...REPORTS, ...ISSUED],
})
export class ReportsModule implements OnModuleInit {
  constructor(
    private readonly consumers: ConsumerDatabase,
    private readonly keptCells: KeptCells,
    shutdown: Shutdown,
  ) {
    shutdown.during('close stores', () => Promise.all([consumers.close(), keptCells.close()]));
  }

  async onModuleInit(): Promise<void> {
    await Promise.all([this.consumers.open(), this.keptCells.open()]);
  }
}

function sharedPlaces(
  store: EventStore,
  openings: CaseRecords,
  freshness: Freshness,
  projections: Projections,
): SharedPlaces {
  const shown = async (position: Position): Promise<void> => {
    await freshness.atLeast(position);
    const cases = (await projections.status()).find(({ name }) => name === CASES);
    // Of a case that cannot be read not even the opening may be there.
    if (cases && cases.parked > 0) throw casesUnreadable(cases.parked);
  };
  return new SharedPlaces({ store, openings, shown });
}

function openDesk(gathering: Gathering, { reportWaitSeconds }: Config, shutdown: Shutdown): ReportDesk {
  const desk = new ReportDesk(gathering, reportWaitSeconds * 1_000);
  shutdown.during('stop subscriptions', () => desk.close());
  return desk;
}
