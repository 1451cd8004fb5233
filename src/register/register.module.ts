import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { controllerOf } from '../cases/http/command-controller.js';
import { EventStore } from '../event-store/event-store.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { StreamRecorder } from '../recording/stream-recorder.js';
import { Turns } from '../recording/turns.js';
import { RecordInRegisterHandler } from './commands/record-in-register.handler.js';
import { CampaignsController } from './http/campaigns.controller.js';
import { EstimatesController } from './http/estimates.controller.js';
import { RecommendationsController } from './http/recommendations.controller.js';
import { OF_THE_REGISTER } from './http/register-answer.dto.js';
import { REGISTER_COMMAND_GROUPS } from './http/register-commands.js';
import { RegisterReading } from './queries/register-reading.js';
import { RegisterBook } from './register-book.js';

/** Campaigns, estimates and recommendations: what reports set beside the cases. Needs `EventStore`, `Ledger`, `LedgerReader`, `Unsealing`, `KeyClaims`, `LawBook`, `Clock` and the command bus from elsewhere. */
@Module({
  controllers: [
    ...REGISTER_COMMAND_GROUPS.map((group) => controllerOf(group, OF_THE_REGISTER)),
    CampaignsController,
    EstimatesController,
    RecommendationsController,
  ],
  providers: [
    {
      provide: RegisterBook,
      inject: [EventStore, LedgerReader],
      useFactory: (store: EventStore, ledger: LedgerReader) => new RegisterBook(store, ledger),
    },
    Turns,
    StreamRecorder,
    RecordInRegisterHandler,
    RegisterReading,
  ],
  exports: [RegisterBook],
})
export class RegisterModule implements OnApplicationBootstrap {
  constructor(private readonly book: RegisterBook) {}

  /** So that the first who asks need not wait until the whole store has been looked through. Who asks is told what goes wrong. */
  onApplicationBootstrap(): void {
    this.book.soFar().catch(() => undefined);
  }
}
