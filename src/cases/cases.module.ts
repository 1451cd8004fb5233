import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseHistories } from './case-history.js';
import { Config } from '../config.js';
import { ErasureList } from '../security/erasure-list.js';
import { ErasureFollower } from './erasure/erasure-follower.js';
import { ErasureProcedure } from './erasure/erasure-procedure.js';
import { EvidenceIntake } from './evidence/evidence-intake.js';
import { KeptEvidence } from './evidence/kept-evidence.js';
import { CaseExports } from './exports/case-exports.js';
import { ExportIssue } from './exports/export-issue.js';
import { WholeCases } from './whole-cases.js';
import { FailingErasures } from './erasure/failing-erasures.js';
import { RestoredErasures } from './erasure/restored-erasures.js';
import { ReplayCaseHandler } from './queries/replay-case.js';
import { ListErasuresHandler } from './queries/list-erasures.js';
import { CaseFiles } from './commands/case-files.js';
import { CasesInSight } from './commands/cases-in-sight.js';
import { MergeCasesHandler } from './commands/merge-cases.handler.js';
import { MergePair } from './commands/merge-pair.js';
import { MergeRepair } from './commands/merge-repair.js';
import { RecordInCaseHandler } from './commands/record-in-case.handler.js';
import { Recorder } from './commands/recorder.js';
import { StreamRecorder } from '../recording/stream-recorder.js';
import { Turns } from '../recording/turns.js';
import { UnmergeCasesHandler } from './commands/unmerge-cases.handler.js';
import { CasesController } from './http/cases.controller.js';
import { ExportsController } from './http/exports.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { ErasuresController } from './http/erasures.controller.js';
import { ComingController } from './http/coming.controller.js';
import { COMMAND_GROUPS } from './http/command-catalogue.js';
import { commandController } from './http/command-controller.js';
import { MergeCompletion } from './merge-completion.js';
import { KnownNames } from './names/known-names.js';
import { OpenedNames } from './names/opened-names.js';
import { CasesThen } from './queries/cases-then.js';
import { ExpectedReleasesHandler } from './queries/expected-releases.js';
import { FindSimilarHandler } from './queries/find-similar.js';
import { Freshness } from './queries/freshness.js';
import { GetCaseHandler } from './queries/get-case.js';
import { GetCaseHistoryHandler } from './queries/get-case-history.js';
import { ListCasesHandler } from './queries/list-cases.js';
import { ListThen } from './queries/list-then.js';
import { OpenDockets } from './queries/open-dockets.js';
import { PresentCases } from './queries/present-cases.js';
import { UpcomingHearingsHandler } from './queries/upcoming-hearings.js';

const COMMANDS = [
  CaseFiles,
  CasesInSight,
  Turns,
  StreamRecorder,
  Recorder,
  MergePair,
  MergeRepair,
  MergeCompletion,
  RecordInCaseHandler,
  MergeCasesHandler,
  UnmergeCasesHandler,
];

const ERASURE = [
  {
    provide: ErasureList,
    inject: [Config],
    useFactory: ({ erasureListFile }: Config) => new ErasureList(erasureListFile),
  },
  FailingErasures,
  ErasureProcedure,
  RestoredErasures,
  ErasureFollower,
  ListErasuresHandler,
];

const EVIDENCE = [EvidenceIntake, KeptEvidence, WholeCases, ExportIssue, CaseExports];

const QUERIES = [
  Freshness,
  OpenedNames,
  KnownNames,
  OpenDockets,
  CasesThen,
  ListThen,
  PresentCases,
  GetCaseHandler,
  ListCasesHandler,
  GetCaseHistoryHandler,
  ReplayCaseHandler,
  FindSimilarHandler,
  UpcomingHearingsHandler,
  ExpectedReleasesHandler,
];

/** The cases: commands in, answers out. Needs `Ledger`, `LedgerReader`, `Unsealing`, `Clock`, `LawBook`, `Projections`, `CaseRecords`, `EventStore`, `KeyStore`, `DataKeys`, `FileStore`, `EnvelopeReader`, `LogReader`, `TransparencyLog`, `Config`, `Log`, `Registry` and `Shutdown` from elsewhere. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    ...COMMAND_GROUPS.map(commandController),
    CasesController,
    ComingController,
    ErasuresController,
    EvidenceController,
    ExportsController,
  ],
  providers: [CaseHistories, ...COMMANDS, ...ERASURE, ...EVIDENCE, ...QUERIES],
  exports: [CaseHistories, Freshness, OpenDockets],
})
export class CasesModule {}
