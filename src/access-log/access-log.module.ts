import { Global, Module } from '@nestjs/common';
import { AccessJournal } from '../http/access-journal.js';
import { ExfiltrationBrake } from './brake/exfiltration-brake.js';
import { AccessLogController } from './http/access-log.controller.js';
import { Journal } from './journal.js';
import { ListAccess } from './list-access.js';
import { AccessLog } from './writing/access-log.js';

/** Who was shown what. Needs `Ledger`, `Unsealing`, `Projections`, `AccessEntries`, `ErasedCases`, `AccessDatabase`, `Instance`, `Clock`, `Config` and `Log` from elsewhere. */
@Global()
@Module({
  controllers: [AccessLogController],
  providers: [AccessLog, ExfiltrationBrake, ListAccess, { provide: AccessJournal, useClass: Journal }],
  exports: [AccessJournal],
})
export class AccessLogModule {}
