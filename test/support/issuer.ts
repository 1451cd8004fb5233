import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import type { Clock } from '../../src/clock.js';
import type { Environment } from '../../src/settings.js';

type Algorithm = 'EdDSA' | 'ES256' | 'PS256';

interface SigningKey {
  kid: string;
  alg: Algorithm;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** What a token may say otherwise than a good one does; `undefined` leaves a member out. */
export interface TokenChanges {
  header?: Record<string, unknown>;
  payload?: Record<string, unknown>;
}

const AUDIENCE = 'https://habeas.example';
const LASTS_SECONDS = 300;

/** An issuer of access tokens, with its keys at an address of its own. */
export class Issuer {
  readonly name = 'https://id.example';
  /** How often its keys were asked for. */
  asked = 0;
  #server: Server | undefined;
  #published: SigningKey[];

  private constructor(
    private readonly clock: Clock,
    private readonly port: number,
    server: Server,
    keys: SigningKey[],
  ) {
    this.#published = keys;
    this.#serve(server);
  }

  static async start(clock: Clock, algorithms: readonly Algorithm[] = ['EdDSA']): Promise<Issuer> {
    const keys = await Promise.all(algorithms.map((alg) => makeKey(alg, alg)));
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Issuer(clock, (server.address() as AddressInfo).port, server, keys);
  }

  /** The settings of a service that takes its tokens. */
  get env(): Environment {
    return {
      HABEAS_OIDC_ISSUER: this.name,
      HABEAS_OIDC_AUDIENCE: AUDIENCE,
      HABEAS_OIDC_JWKS_URL: `http://127.0.0.1:${this.port}/keys`,
    };
  }

  get key(): SigningKey {
    return this.#published[0]!;
  }

  /** A good one for this person, but for the changes. */
  token(subject: string, changes: TokenChanges = {}, key: SigningKey = this.key): Promise<string> {
    const header = { alg: key.alg, typ: 'at+jwt', kid: key.kid, ...changes.header };
    return new SignJWT(this.claims(subject, changes)).setProtectedHeader(header).sign(key.privateKey);
  }

  claims(subject: string, { payload }: TokenChanges = {}): JWTPayload {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const good = { iss: this.name, aud: AUDIENCE, sub: subject, iat: now, exp: now + LASTS_SECONDS };
    return { ...good, ...payload };
  }

  tokenOf(algorithm: Algorithm, subject: string): Promise<string> {
    const key = this.#published.find(({ alg }) => alg === algorithm);
    if (!key) throw new Error(`this issuer has no key for ${algorithm}`);
    return this.token(subject, {}, key);
  }

  /** Another key, which nobody has seen yet; published with the others unless it is kept back. */
  async newKey({ publish }: { publish: boolean }): Promise<SigningKey> {
    const key = await makeKey('EdDSA', `key-${this.#published.length + 1}${publish ? '' : '-kept-back'}`);
    if (publish) this.#published = [...this.#published, key];
    return key;
  }

  /** Its address answers nobody any more. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  async comeBack(): Promise<void> {
    const server = createServer();
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.#serve(server);
  }

  #serve(server: Server): void {
    this.#server = server;
    server.on('request', (_request, response) => {
      this.asked += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: this.#published.map(({ publicJwk }) => publicJwk) }));
    });
  }
}

async function makeKey(alg: Algorithm, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** The two forgeries that have worked elsewhere: no signature at all, and a MAC under what everybody may know. */
export const forgeries = {
  unsigned: (claims: JWTPayload): string => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims)}.`,
  signedWithPublicKey: (claims: JWTPayload, { kid, publicJwk }: SigningKey): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(new TextEncoder().encode(JSON.stringify(publicJwk))),
};

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
