import { createHmac, type KeyObject } from 'node:crypto';
import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { canonicalJson } from '../canonical-json.js';
import { parseIdempotencyKey, parseIfMatch } from '../http/conditional-headers.js';
import { noteRules } from '../http/route-rules.js';
import { principalOf } from './current-principal.js';
import { ServiceKey } from '../keys/service-key.js';
import type { Role } from './roles.js';

/** Who sends a command and under which conditions. */
export interface CommandEnvelope {
  principalId: string;
  roles: readonly Role[];
  correlationId: string;
  /** `digest` tells whether a repeated key comes with the same request. */
  idempotency?: { key: string; digest: string };
  /** The revision the caller has seen. */
  ifRevision?: number;
}

/**
 * Reads the envelope from a request. The digest is keyed: lying in an event's metadata for ever, a plain hash of a body would
 * let whoever has the store try out guesses of what it said, also after an erasure.
 */
@Injectable()
export class EnvelopeReader implements PipeTransform<FastifyRequest, CommandEnvelope> {
  readonly #key: KeyObject;

  constructor(serviceKey: ServiceKey) {
    this.#key = serviceKey.derive('request-digest/1');
  }

  /** Throws `malformed` for an Idempotency-Key or If-Match that is not one. */
  transform(request: FastifyRequest): CommandEnvelope {
    return this.of(request, request.body);
  }

  /** The same for a body that is no JSON: `said` is what a repeat has to say again. */
  of(request: FastifyRequest, said: unknown): CommandEnvelope {
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    const ifRevision = parseIfMatch(request.headers['if-match']);
    const { principalId, roles } = principalOf(request);
    return {
      principalId,
      roles,
      correlationId: request.id,
      ...(key !== undefined && { idempotency: { key, digest: this.#digest(request, said) } }),
      ...(ifRevision !== undefined && { ifRevision }),
    };
  }

  #digest({ method, url }: FastifyRequest, said: unknown): string {
    const path = url.split('?', 1)[0];
    return createHmac('sha256', this.#key)
      .update(`${method}\n${path}\n${canonicalJson(said)}`)
      .digest('base64url');
  }
}

const Request = createParamDecorator((_: unknown, context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

/** `@Envelope() envelope: CommandEnvelope` on a route with `@Allow`. */
export const Envelope = (): ParameterDecorator => (target, key, index) => {
  Request(EnvelopeReader)(target, key, index);
  if (key !== undefined) noteRules(target, key, { command: true });
};
