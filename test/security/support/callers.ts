import { mintApiKey } from '../../../src/security/api-key.js';
import { ROLES, type Role } from '../../../src/security/roles.js';
import { forgeries, type Issuer, type TokenChanges } from '../../support/issuer.js';
import type { Service } from '../../support/service.js';

type Headers = Readonly<Record<string, string>>;

/** Somebody who knocks at every door with one and the same credential: a column of the table. */
export interface Caller {
  name: string;
  headers: Headers;
}

const OTHER = 'https://other.example';

/** Everybody whom the table knows. The roles come last, so that another state of them is another call of `roles`. */
export async function callersAt(service: Service, issuer: Issuer): Promise<Caller[]> {
  return [
    { name: 'no credential', headers: {} },
    {
      name: 'cookie only',
      headers: { cookie: `authorization=Bearer ${service.adminKey}; token=${service.adminKey}` },
    },
    ...(await withTokens(issuer, await identityOf(service, issuer, 'an admin', ['admin']))),
    ...(await withKeys(service)),
    ...(await withRoles(service)),
    bearer(
      'auditor, by token',
      await issuer.token(await identityOf(service, issuer, 'an auditor', ['auditor'])),
    ),
  ];
}

/** Who may come to a case that is restricted to the holder of a key. `changesIt`: what this one is let do would change the case. */
export async function callersAtCase(
  service: Service,
  namedKey: string,
): Promise<(Caller & { changesIt: boolean })[]> {
  const roles = await withRoles(service);
  return [
    { ...bearer('the caseworker named', namedKey), changesIt: true },
    ...roles.map(({ name, headers }) => ({
      name: name === 'caseworker' ? 'another caseworker' : name,
      headers,
      changesIt: name === 'admin',
    })),
  ];
}

/** One whose key the issuer has not published; while it is out of reach nobody can say whether it has. */
export const withUnknownKey = async (name: string, issuer: Issuer): Promise<Caller> =>
  bearer(name, await issuer.token('an admin', {}, await issuer.newKey({ publish: false })));

/** Tokens of an admin, each with one thing wrong. */
async function withTokens(issuer: Issuer, subject: string): Promise<Caller[]> {
  const claims = issuer.claims(subject);
  const [issuedAt, expires] = [claims.iat!, claims.exp!];
  const wrong: [name: string, changes: TokenChanges][] = [
    ['expired', { payload: { iat: issuedAt - 600, exp: issuedAt - 300 } }],
    ['too old', { payload: { iat: issuedAt - 1_000 } }],
    ['not yet valid', { payload: { nbf: expires - 1 } }],
    ['wrong issuer', { payload: { iss: OTHER } }],
    ['wrong audience', { payload: { aud: OTHER } }],
    ['wrong type', { header: { typ: 'JWT' } }],
  ];
  return [
    ...(await Promise.all(
      wrong.map(async ([name, changes]) => bearer(name, await issuer.token(subject, changes))),
    )),
    bearer('`alg: none`', forgeries.unsigned(claims)),
    bearer('HS256 with the public key', await forgeries.signedWithPublicKey(claims, issuer.key)),
    await withUnknownKey('unknown signing key', issuer),
    bearer('somebody not registered', await issuer.token('nobody')),
  ];
}

/** Keys of an admin that open nothing. */
async function withKeys(service: Service): Promise<Caller[]> {
  const revoked = await keyOf(service, ['admin']);
  await service.request('DELETE', `/v1/keys/${revoked.keyId}`);
  const ended = await keyOf(service, ['admin']);
  await service.request('DELETE', `/v1/principals/${ended.principalId}`);
  return [
    bearer('unknown API key', mintApiKey().text),
    bearer('revoked API key', revoked.key),
    bearer('ended principal', ended.key),
  ];
}

async function withRoles(service: Service): Promise<Caller[]> {
  return Promise.all(ROLES.map(async (role) => bearer(role, await service.keyFor(role))));
}

async function identityOf(
  service: Service,
  { name: issuer }: Issuer,
  subject: string,
  roles: readonly Role[],
): Promise<string> {
  const body = { label: subject, roles, oidc: { issuer, subject } };
  await service.request('POST', '/v1/principals', { body });
  return subject;
}

async function keyOf(
  service: Service,
  roles: readonly Role[],
): Promise<{ keyId: string; key: string; principalId: string }> {
  const body = { label: 'somebody', roles };
  const { principalId } = (await service.request<{ principalId: string }>('POST', '/v1/principals', { body }))
    .body;
  const issued = await service.request<{ keyId: string; key: string }>('POST', '/v1/keys', {
    body: { principalId },
  });
  return { ...issued.body, principalId };
}

const bearer = (name: string, credential: string): Caller => ({
  name,
  headers: { authorization: `Bearer ${credential}` },
});
