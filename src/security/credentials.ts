import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { parseApiKey, type ApiKey } from './api-key.js';
import { ApiKeys, type KnownKey } from './api-keys.js';
import { KeyDigest } from './key-digest.js';
import { AccessTokens } from './oidc/access-tokens.js';
import { Principals } from './principals.js';
import type { Principal } from './roles.js';

const NOTE_USE_EVERY_MS = 60_000;

/** What a credential turned out to be. */
export interface Recognised {
  /** Absent: nobody, for a reason that is told to nobody. */
  principal?: Principal;
  /** Of the key that it claims to be, if there is one of that id. */
  keyId?: string;
}

/**
 * Whom an API key or an access token stands for. Looked up each time: what another process has revoked or ended, and the roles
 * somebody has, count from the next request on.
 */
@Injectable()
export class Credentials {
  readonly #useNotedAt = new Map<string, number>();
  /** What a key that is not there is compared with: to find that out takes as long. */
  readonly #nobody: Uint8Array;

  constructor(
    private readonly keys: ApiKeys,
    private readonly keyDigest: KeyDigest,
    private readonly tokens: AccessTokens,
    private readonly principals: Principals,
    private readonly clock: Clock,
  ) {
    this.#nobody = keyDigest.of('nobody');
  }

  /** `text`: what stands after `Bearer`. Throws `issuer-unreachable` for a token that cannot be judged. */
  recognise(text: string): Promise<Recognised> {
    const key = parseApiKey(text);
    return key ? this.#byKey(key) : this.#byToken(text);
  }

  async #byKey(key: ApiKey): Promise<Recognised> {
    const known = await this.keys.find(key.keyId);
    const matches = this.keyDigest.matches(key.text, known?.digest ?? this.#nobody);
    if (!known) return {};
    const { keyId, principalId, roles } = known;
    if (!matches || !this.#isValid(known)) return { keyId };
    this.#noteUse(keyId);
    return { keyId, principal: { principalId, roles } };
  }

  async #byToken(token: string): Promise<Recognised> {
    const identity = await this.tokens.identityIn(token);
    return { principal: identity && (await this.principals.of(identity)) };
  }

  #isValid({ revoked, ended, expires }: KnownKey): boolean {
    return (
      revoked === null && ended === null && (expires === null || expires > this.clock.now().toISOString())
    );
  }

  /** A write per request would cost more than most requests do: once a minute is enough to see that a key is in use. */
  #noteUse(keyId: string): void {
    const now = this.clock.now().getTime();
    const before = this.#useNotedAt.get(keyId);
    if (before !== undefined && now - before < NOTE_USE_EVERY_MS) return;
    this.#useNotedAt.set(keyId, now);
    // Not waited for, and its failure (a full disk) must not keep readers out.
    this.keys.noteUse(keyId).catch(() => this.#useNotedAt.delete(keyId));
  }
}
