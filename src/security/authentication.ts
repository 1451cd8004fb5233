import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { HabeasError } from '../errors.js';
import { parseApiKey } from './api-key.js';
import { ApiKeys, type KnownKey } from './api-keys.js';
import { KeyDigest } from './key-digest.js';
import type { Principal } from './roles.js';

const BEARER = /^Bearer +([^\s]+) *$/i;
const NOTE_USE_EVERY_MS = 60_000;

/** Who is calling. The keys are looked up on every request, so a key revoked by another process is refused at once. */
@Injectable()
export class Authentication {
  readonly #useNotedAt = new Map<string, number>();

  constructor(
    private readonly keys: ApiKeys,
    private readonly keyDigest: KeyDigest,
    private readonly clock: Clock,
  ) {}

  /** Sets `request.principal`, or throws `unauthenticated` or `forbidden`. Meant to run before the body is read. */
  async admit(request: FastifyRequest): Promise<void> {
    const { policy } = request.routeOptions.config;
    if (request.is404 || policy?.access === 'public') return;
    const principal = await this.#identify(request.headers.authorization);
    request.principal = principal;
    request.principalId = principal.principalId;
    if (!policy?.roles.some((role) => principal.roles.some((own) => own === role))) {
      throw new HabeasError(
        'forbidden',
        'role-missing',
        `this takes the role ${policy?.roles.join(' or ') ?? 'of nobody'}`,
      );
    }
  }

  async #identify(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined) {
      throw new HabeasError('unauthenticated', 'credential-missing', 'send Authorization: Bearer <API key>');
    }
    const key = parseApiKey(BEARER.exec(authorization)?.[1] ?? '');
    const known = key && (await this.keys.find(key.keyId));
    // One answer for every reason: what is wrong with a key is told to nobody who does not have it.
    if (!key || !known || !this.keyDigest.matches(key.text, known.digest) || !this.#isValid(known)) {
      throw new HabeasError(
        'unauthenticated',
        'credential-invalid',
        'the API key is unknown, expired or revoked',
      );
    }
    this.#noteUse(known);
    return { principalId: known.principalId, roles: known.roles };
  }

  #isValid(key: KnownKey): boolean {
    return key.revoked === null && (key.expires === null || key.expires > this.clock.now().toISOString());
  }

  /** A write per request would cost more than most requests do: once a minute is enough to see that a key is in use. */
  #noteUse({ keyId }: KnownKey): void {
    const now = this.clock.now().getTime();
    const before = this.#useNotedAt.get(keyId);
    if (before !== undefined && now - before < NOTE_USE_EVERY_MS) return;
    this.#useNotedAt.set(keyId, now);
    // Not waited for, and its failure (a full disk) must not keep readers out.
    this.keys.noteUse(keyId).catch(() => this.#useNotedAt.delete(keyId));
  }
}
