import { Global, Module } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HabeasError } from '../errors.js';
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
}

/** The door of a process that has nothing to hide behind it: health and metrics of one that only projects. */
@Global()
@Module({ providers: [{ provide: Doorkeeper, useClass: PublicOnly }], exports: [Doorkeeper] })
export class PublicOnlyModule {}
