import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Doorkeeper } from '../http/doorkeeper.js';
import { AccessDatabase } from './access-database.js';
import { ApiKeys } from './api-keys.js';
import { Authentication } from './authentication.js';
import { Credentials } from './credentials.js';
import { EnvelopeReader } from './command-envelope.js';
import { FirstAdminKey } from './first-admin.js';
import { KeysController } from './http/keys.controller.js';
import { PrincipalsController } from './http/principals.controller.js';
import { KeyDigest } from './key-digest.js';
import { Labels } from './labels.js';
import { FailedCredentials } from './limits/failed-credentials.js';
import { RequestRate } from './limits/request-rate.js';
import { AccessTokens } from './oidc/access-tokens.js';
import { Principals } from './principals.js';
import { Shutdown } from '../shutdown.js';

@Global()
@Module({
  controllers: [PrincipalsController, KeysController],
  providers: [
    KeyDigest,
    Labels,
    AccessDatabase,
    Principals,
    ApiKeys,
    AccessTokens,
    Credentials,
    FailedCredentials,
    RequestRate,
    FirstAdminKey,
    EnvelopeReader,
    { provide: Doorkeeper, useClass: Authentication },
  ],
  exports: [AccessDatabase, Principals, ApiKeys, FirstAdminKey, EnvelopeReader, Doorkeeper],
})
export class SecurityModule implements OnModuleInit {
  constructor(
    private readonly database: AccessDatabase,
    shutdown: Shutdown,
  ) {
    shutdown.during('close stores', () => database.close());
  }

  onModuleInit(): Promise<void> {
    return this.database.open();
  }
}
