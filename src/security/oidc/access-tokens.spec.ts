import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '../../../test/support/eventually.js';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { forgeries, Issuer, type TokenChanges } from '../../../test/support/issuer.js';
import type { Config } from '../../config.js';
import { AccessTokens } from './access-tokens.js';

const NOW = '2020-01-27T10:00:00.000Z';
const now = Date.parse(NOW) / 1000;

let clock: FixedClock;
let issuer: Issuer;
let tokens: AccessTokens;
beforeEach(async () => {
  clock = new FixedClock(NOW);
  issuer = await Issuer.start(clock, ['EdDSA', 'ES256', 'PS256']);
  tokens = tokensOf(issuer);
});
afterEach(() => issuer.goAway());

function tokensOf({ env }: Issuer): AccessTokens {
  const oidc = {
    issuer: env['HABEAS_OIDC_ISSUER']!,
    audience: env['HABEAS_OIDC_AUDIENCE']!,
    jwksUrl: new URL(env['HABEAS_OIDC_JWKS_URL']!),
  };
  return new AccessTokens({ oidc } as Config, clock);
}

const ALENA = { issuer: 'https://id.example', subject: 'alena' };

describe('an access token', () => {
  it.each(['EdDSA', 'ES256', 'PS256'] as const)('signed with %s tells whose it is', async (algorithm) => {
    expect(await tokens.identityIn(await issuer.tokenOf(algorithm, 'alena'))).toEqual(ALENA);
  });

  it.each<[what: string, changes: TokenChanges]>([
    ['that has expired', { payload: { iat: now - 100, exp: now - 11 } }],
    ['of more than a quarter of an hour ago', { payload: { iat: now - 911, exp: now + 300 } }],
    ['without an expiry', { payload: { exp: undefined } }],
    ['that does not say when it was made', { payload: { iat: undefined } }],
    ['of the future', { payload: { iat: now + 11, exp: now + 300 } }],
    ['that is not valid yet', { payload: { nbf: now + 11 } }],
    ['of another issuer', { payload: { iss: 'https://id.example/' } }],
    ['without an issuer', { payload: { iss: undefined } }],
    ['for somebody else', { payload: { aud: 'https://other.example' } }],
    ['for nobody', { payload: { aud: undefined } }],
    ['about nobody', { payload: { sub: undefined } }],
    ['about a number', { payload: { sub: 7 } }],
    ['about what no database takes', { payload: { sub: 'a\0b' } }],
    ['for signing in', { header: { typ: 'JWT' } }],
    ['of no type', { header: { typ: undefined } }],
  ])('%s is not taken', async (_, changes) => {
    expect(await tokens.identityIn(await issuer.token('alena', changes))).toBeUndefined();
  });

  it('is taken when the clocks are a little apart', async () => {
    for (const payload of [
      { iat: now - 100, exp: now - 9 },
      { iat: now - 909 },
      { iat: now + 9 },
      { nbf: now + 9 },
    ]) {
      expect(await tokens.identityIn(await issuer.token('alena', { payload }))).toEqual(ALENA);
    }
  });

  it('says nothing when it is forged', async () => {
    const claims = issuer.claims('alena');
    expect(await tokens.identityIn(forgeries.unsigned(claims))).toBeUndefined();
    expect(await tokens.identityIn(await forgeries.signedWithPublicKey(claims, issuer.key))).toBeUndefined();
    const [header, , signature] = (await issuer.token('alena')).split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url');
    expect(await tokens.identityIn(`${header}.${payload}.${signature}`)).toBeUndefined();
  });

  it('cannot name where its key is to be had', async () => {
    const asked = issuer.asked;
    const own = await issuer.newKey({ publish: false });
    const jku = `${issuer.env['HABEAS_OIDC_JWKS_URL']}/own`;
    const header = { kid: undefined, jku, x5u: jku, jwk: own.publicJwk };
    expect(await tokens.identityIn(await issuer.token('alena', { header }, own))).toBeUndefined();
    expect(issuer.asked - asked).toBeLessThanOrEqual(1);
  });

  it('may be any text, and never is an error', async () => {
    const good = await issuer.token('alena');
    const someText = fc.oneof(
      fc.string(),
      fc.string().map((text) => `${text}.${text}.${text}`),
      fc.nat(good.length).map((cut) => good.slice(0, cut)),
      fc
        .tuple(fc.nat(good.length - 1), fc.constantFrom('.', 'A', '_', 'ф'))
        .map(([place, other]) => good.slice(0, place) + other + good.slice(place + 1)),
    );
    await fc.assert(
      fc.asyncProperty(someText, async (text) => {
        fc.pre(text !== good);
        // The last character of a signature has bits that mean nothing: another one may say the same.
        const identity = await tokens.identityIn(text);
        expect(identity === undefined || text.slice(0, -1) === good.slice(0, -1)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing where no issuer is configured', async () => {
    const none = new AccessTokens({ oidc: undefined } as Config, clock);
    expect(await none.identityIn(await issuer.token('alena'))).toBeUndefined();
  });
});

describe('the keys of the issuer', () => {
  it('are asked for once, and again for a key that nobody has seen yet', async () => {
    await tokens.identityIn(await issuer.token('alena'));
    await tokens.identityIn(await issuer.token('alena'));
    expect(issuer.asked).toBe(1);
    const newKey = await issuer.newKey({ publish: true });
    const token = await issuer.token('alena', {}, newKey);
    await eventually(async () => expect(await tokens.identityIn(token)).toEqual(ALENA));
  });

  it('that cannot be had leave a token neither taken nor refused', async () => {
    await issuer.goAway();
    const token = await issuer.token('alena');
    const unreachable = {
      kind: 'unavailable',
      code: 'issuer-unreachable',
      details: { retryAfterSeconds: 2 },
    };
    await expect(tokens.identityIn(token)).rejects.toMatchObject(unreachable);
    // It is not asked again at once.
    await issuer.comeBack();
    await expect(tokens.identityIn(token)).rejects.toMatchObject(unreachable);
    expect(issuer.asked).toBe(0);
    await eventually(async () => expect(await tokens.identityIn(token)).toEqual(ALENA));
  });

  it('that are known still open while it is away, and one that is not known is not judged', async () => {
    const token = await issuer.token('alena');
    await tokens.identityIn(token);
    const other = await issuer.token('alena', {}, await issuer.newKey({ publish: false }));
    expect(await tokens.identityIn(other)).toBeUndefined();
    await issuer.goAway();
    await eventually(() =>
      expect(tokens.identityIn(other)).rejects.toMatchObject({ code: 'issuer-unreachable' }),
    );
    expect(await tokens.identityIn(token)).toEqual(ALENA);
  });
});
