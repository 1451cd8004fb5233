import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Registry } from 'prom-client';
import { CaseHistories } from '../../../src/cases/case-history.js';
import { RecordInCase } from '../../../src/cases/commands/case-command.js';
import { CaseFiles } from '../../../src/cases/commands/case-files.js';
import { CasesInSight } from '../../../src/cases/commands/cases-in-sight.js';
import { KeyClaims } from '../../../src/recording/key-claims.js';
import { MergePair } from '../../../src/cases/commands/merge-pair.js';
import { MergeRepair } from '../../../src/cases/commands/merge-repair.js';
import { RecordInCaseHandler } from '../../../src/cases/commands/record-in-case.handler.js';
import { Recorder } from '../../../src/cases/commands/recorder.js';
import { StreamRecorder } from '../../../src/recording/stream-recorder.js';
import { Turns } from '../../../src/recording/turns.js';
import { ErasureFollower } from '../../../src/cases/erasure/erasure-follower.js';
import { ErasureProcedure } from '../../../src/cases/erasure/erasure-procedure.js';
import { FailingErasures } from '../../../src/cases/erasure/failing-erasures.js';
import { RestoredErasures } from '../../../src/cases/erasure/restored-erasures.js';
import { LawBook } from '../../../src/cases/law-book.js';
import { CaseRecords } from '../../../src/cases/read-models/case-records.js';
import { CASE_UPCASTERS } from '../../../src/cases/upcasters.js';
import { WholeCases } from '../../../src/cases/whole-cases.js';
import { Clock, SystemClock } from '../../../src/clock.js';
import { Config, readConfig } from '../../../src/config.js';
import { eventsIn, openEventStore } from '../../../src/event-store-location.js';
import { EventStore } from '../../../src/event-store/event-store.js';
import { openKeyClaims } from '../../../src/key-claims-location.js';
import { KeyStore } from '../../../src/keys/key-store.js';
import { LedgerReader } from '../../../src/ledger/ledger-reader.js';
import { Upcasting } from '../../../src/ledger/upcasting.js';
import { createLog, Log } from '../../../src/log.js';
import { Projections } from '../../../src/projections/projections.js';
import { openProjector, readModelsIn } from '../../../src/projector.js';
import { ReadSide } from '../../../src/read-side.js';
import { ErasureList } from '../../../src/security/erasure-list.js';
import { Shutdown } from '../../../src/shutdown.js';
import { WITH_KEYS } from '../../../src/with-keys.js';
import { killedAt, type Step } from '../support/killed-at.js';

/**
 * All of the service that erasures need, without its door, on the data that the environment names: sees the erasure of one case
 * done that was cut short before, approves that of another, and is killed when it has come to a step of it. Without arguments it
 * ends in order, having loaded itself.
 */
const [before = '', caseId = '', step = ''] = process.argv.slice(2);
if (caseId === '') process.exit(0);

const config = readConfig(process.env);
const { dataDir, eventStore, databaseUrl } = config;
const log = createLog(config);
const shutdown = new Shutdown(log);
const clock = new SystemClock('Europe/Minsk', undefined);
const store = openEventStore(eventsIn(config));
const upcasting = new Upcasting(CASE_UPCASTERS);
const ledger = new LedgerReader(store, upcasting);
const readSide = await ReadSide.open({
  // The projector is in this thread, not in one of its own, which would have to load itself.
  config: { dataDir, eventStore, databaseUrl, roles: new Set(['api']) },
  store,
  ledger,
  clock,
  log,
  shutdown,
  timeZone: 'Europe/Minsk',
});
const projector = openProjector({
  readModels: readModelsIn(config),
  store,
  clock,
  tell: (news) => readSide.projections.heard(news),
});
await projector.start();

const given = [
  { provide: Config, useValue: config },
  { provide: Clock, useValue: clock },
  { provide: Log, useValue: log },
  { provide: Shutdown, useValue: shutdown },
  { provide: LawBook, useValue: LawBook.of('BY') },
  { provide: EventStore, useValue: store },
  { provide: Upcasting, useValue: upcasting },
  { provide: LedgerReader, useValue: ledger },
  { provide: Projections, useValue: readSide.projections },
  { provide: CaseRecords, useValue: readSide.records },
  { provide: Registry, useValue: new Registry() },
  { provide: KeyClaims, useFactory: () => openKeyClaims(config) },
  { provide: ErasureList, useValue: new ErasureList(config.erasureListFile) },
  ...WITH_KEYS,
];
const ours = [
  CaseHistories,
  CaseFiles,
  CasesInSight,
  Turns,
  StreamRecorder,
  Recorder,
  MergePair,
  MergeRepair,
  WholeCases,
  RecordInCaseHandler,
  FailingErasures,
  ErasureProcedure,
  RestoredErasures,
  ErasureFollower,
];

class Erasing {}

const own = await ledger.read(`case-${caseId}`);
killedAt(step as Step, {
  list: [ErasureList.prototype, 'add', (erasure) => same(erasure, 'caseId')],
  key: [
    KeyStore.prototype,
    'destroy',
    (keyIds) => own.some(({ keyId }) => (keyIds as string[]).includes(keyId)),
  ],
  certificate: [
    CommandBus.prototype,
    'execute',
    (command) => same(command, 'caseId') && (command as RecordInCase).command.name === 'CertifyErasure',
  ],
});
function same(thing: unknown, name: 'caseId'): boolean {
  return (thing as Record<typeof name, unknown>)[name] === caseId;
}

const app = await NestFactory.createApplicationContext(
  { module: Erasing, imports: [CqrsModule.forRoot()], providers: [...given, ...ours], global: true },
  { logger: false, abortOnError: false },
);
const isDone = async (): Promise<boolean> =>
  (await store.read(`case-${before}`)).some(({ type }) => type === 'SubjectErased');
while (before !== '' && !(await isDone())) await new Promise((resolve) => setTimeout(resolve, 5));
process.stdout.write('seen to what was cut short\n');
const approver = { principalId: 'approver', roles: ['admin'] as const, correlationId: 'approval' };
await app.get(CommandBus).execute(new RecordInCase(caseId, { name: 'ApproveErasure', data: {} }, approver));
