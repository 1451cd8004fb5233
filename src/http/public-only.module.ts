import { Global, Module } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HabeasError } from '../errors.js';
import { AccessJournal } from './access-journal.js';
import { Doorkeeper } from './doorkeeper.js';

/** Lets in whoever asks what everybody may ask. */
class PublicOnly implements Doorkeeper {
  async admit(request: FastifyRequest): Promise<void> {
    if (request.is404 || (await this.wouldAdmit(request))) return;
    throw new HabeasError('unauthenticated', 'credential-invalid', 'this process knows nobody');
  }

  async wouldAdmit({ routeOptions }: FastifyRequest): Promise<boolean> {
    return routeOptions.config.policy?.access === 'public';
  }

  async isFor(): Promise<boolean> {
    return false;
  }
}

/** What everybody may ask shows nobody's case. */
class NothingToRecord implements AccessJournal {
  shown(): Promise<never> {
    throw new Error('this process has no cases to show');
  }

  async refused(): Promise<void> {}
}

/** The door of a process that has nothing to hide behind it: health and metrics of one that only projects. */
@Global()
@Module({
  providers: [
    { provide: Doorkeeper, useClass: PublicOnly },
    { provide: AccessJournal, useClass: NothingToRecord },
  ],
  exports: [Doorkeeper, AccessJournal],
})
export class PublicOnlyModule {}
