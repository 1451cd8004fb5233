import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { HabeasError } from '../../errors.js';

const ANSWER_WITHIN_MS = 5_000;
/** A key that the issuer has withdrawn opens nothing after that. */
const KEPT_MS = 10 * 60_000;
/** However many tokens name keys that nobody has. */
const ASKED_AGAIN_AFTER_MS = 1_000;
const TRIED_AGAIN_AFTER_MS = 2_000;

/**
 * The public keys of the issuer, from the one address that is configured. `issuer-unreachable` (503) when a token cannot be
 * judged because they cannot be had: never a guess. `jose`'s own errors for a token whose key is not among them.
 */
export function issuerKeys(url: URL, ask: typeof fetch = fetch): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: ANSWER_WITHIN_MS,
    cacheMaxAge: KEPT_MS,
    cooldownDuration: ASKED_AGAIN_AFTER_MS,
    [customFetch]: sparing(ask),
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      throw isAboutToken(error) ? error : unreachable(error);
    }
  };
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/** After a failure it fails at once for a while: made-up tokens must not hammer an issuer that is down, nor wait for it. */
function sparing(ask: typeof fetch): typeof fetch {
  let failure: { error: unknown; until: number } | undefined;
  return async (...request) => {
    if (failure && performance.now() < failure.until) throw failure.error;
    try {
      const response = await ask(...request);
      if (response.status !== 200) throw new Error('the issuer does not give its keys');
      failure = undefined;
      return response;
    } catch (error) {
      failure = { error, until: performance.now() + TRIED_AGAIN_AFTER_MS };
      throw error;
    }
  };
}

const unreachable = (cause: unknown): HabeasError =>
  new HabeasError(
    'unavailable',
    'issuer-unreachable',
    'the keys of the issuer of access tokens cannot be had at present',
    { retryAfterSeconds: TRIED_AGAIN_AFTER_MS / 1000 },
    { cause },
  );
