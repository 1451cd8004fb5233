import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import type { Identity } from '../principals.js';
import { issuerKeys } from './issuer-keys.js';
import { SUBJECT } from './subject.js';

const MOST_AGE_SECONDS = 15 * 60;
/** How far the clocks of the issuer and of this service may be apart. */
const CLOCKS_APART_SECONDS = 10;

interface Issuer {
  rules: JWTVerifyOptions & { issuer: string };
  keys: JWTVerifyGetKey;
}

/** Access tokens (RFC 9068) of the configured issuer. What a token says of roles counts for nothing: those are in our own store. */
@Injectable()
export class AccessTokens {
  readonly #issuer: Issuer | undefined;

  constructor(
    { oidc }: Config,
    private readonly clock: Clock,
  ) {
    this.#issuer = oidc && {
      keys: issuerKeys(oidc.jwksUrl),
      rules: {
        issuer: oidc.issuer,
        audience: oidc.audience,
        typ: 'at+jwt',
        algorithms: ['EdDSA', 'ES256', 'PS256'],
        requiredClaims: ['iat', 'exp', 'sub'],
        maxTokenAge: MOST_AGE_SECONDS,
        clockTolerance: CLOCKS_APART_SECONDS,
      },
    };
  }

  /** Whose it is; `undefined` for a token that is not to be taken, for whatever reason. Throws `issuer-unreachable`. */
  async identityIn(token: string): Promise<Identity | undefined> {
    if (!this.#issuer) return undefined;
    const { rules, keys } = this.#issuer;
    try {
      const { payload } = await jwtVerify(token, keys, { ...rules, currentDate: this.clock.now() });
      const { sub } = payload;
      // The issuer's signature says who wrote it, not of which type it is.
      if (typeof sub !== 'string' || !SUBJECT.test(sub)) return undefined;
      return { issuer: rules.issuer, subject: sub };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
