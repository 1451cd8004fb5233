import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig, StartRefused } from './config.js';
import type { Environment } from './settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-config-'));
  for (const key of ['master.key', 'notary.key'])
    writeFileSync(join(folder, key), Buffer.alloc(32), { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const usual = (): Environment => ({
  HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
  HABEAS_DATA: join(folder, 'data'),
});

function faultsOf(env: Environment): readonly string[] {
  try {
    readConfig({ ...usual(), ...env });
    return [];
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    return error.faults;
  }
}

describe('without any setting', () => {
  it('the service listens on this machine only, and keeps its master key away from its data', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      masterKeyFile: join(homedir(), '.config/habeas/master.key'),
      today: undefined,
      production: false,
      metrics: 'loopback',
      logLevel: 'info',
      notaryKeyFile: join(homedir(), '.config/habeas/notary.key'),
      roles: new Set(['api', 'projector', 'notary']),
    });
  });
});

it('settings are taken, and one set to nothing counts as not set', () => {
  const env = {
    HABEAS_PORT: '0',
    HABEAS_TODAY: '2020-02-07',
    HABEAS_ROLES: 'api',
    DATABASE_URL: ' ',
    HABEAS_HOST: '',
  };
  expect(readConfig({ ...usual(), ...env })).toMatchObject({
    port: 0,
    host: '127.0.0.1',
    today: '2020-02-07',
    roles: new Set(['api']),
  });
});

describe('the service does not start', () => {
  it.each([
    [{ HABEAS_PORT: 'http' }, 'HABEAS_PORT: "http" is not a whole number from 0 to 65535'],
    [{ HABEAS_PORT: '65536' }, 'HABEAS_PORT'],
    [{ HABEAS_PORT: '-1' }, 'HABEAS_PORT'],
    [{ HABEAS_MAX_LAG_SECONDS: '1.5' }, 'HABEAS_MAX_LAG_SECONDS'],
    [{ HABEAS_TODAY: '2020-02-30' }, 'HABEAS_TODAY: "2020-02-30" is not a date'],
    [{ HABEAS_ROLES: 'nobody' }, 'HABEAS_ROLES: "nobody" is none of'],
    [{ HABEAS_METRICS: 'all' }, 'HABEAS_METRICS: "all" is none of loopback, everyone'],
    [{ HABEAS_LOG_LEVEL: 'loud' }, 'HABEAS_LOG_LEVEL'],
    [{ EVENTSTORE_URL: 'http://x' }, 'EVENTSTORE_URL: is not of the form'],
    [{ EVENTSTORE_URL: 'esdb://x?tls=false', DEBUG: 'express,esdb:*' }, 'DEBUG: would print the password'],
    [{ EVENTSTORE_URL_FILE: '/none/such' }, 'EVENTSTORE_URL_FILE: /none/such cannot be read'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL: is not of the form'],
    [{ DATABASE_URL: 'postgres://host' }, 'DATABASE_URL: is not of the form'],
    [{ HABEAS_ADMIN_KEY_FILE: '/none/such' }, 'HABEAS_ADMIN_KEY_FILE: /none/such is missing'],
  ])('with %j', (env, fault) => {
    expect(faultsOf(env)).toEqual([expect.stringContaining(fault)]);
  });

  it('and every fault is told at once', () => {
    expect(faultsOf({ HABEAS_PORT: 'x', HABEAS_METRICS: 'x', DATABASE_URL: 'x' })).toHaveLength(3);
  });

  it('and no fault quotes a secret', () => {
    const secret = 'Zuleika-7';
    const faults = faultsOf({
      EVENTSTORE_URL: `esdb://admin:${secret}:x@host:2113?what=${secret}`,
      DATABASE_URL: `postgres://${secret}`,
    });
    expect(faults.length).toBeGreaterThan(1);
    expect(faults.join()).not.toContain(secret);
  });

  it('with the master key among the data, also by way of a link', () => {
    mkdirSync(join(folder, 'data'));
    symlinkSync(join(folder, 'data'), join(folder, 'keys'));
    for (const place of ['data', 'keys']) {
      expect(faultsOf({ HABEAS_MASTER_KEY_FILE: join(folder, place, 'master.key') })).toEqual([
        expect.stringContaining('lies under HABEAS_DATA'),
      ]);
    }
  });
});

describe('the stores elsewhere', () => {
  const esdb = 'esdb://habeas:secret@node:2113';
  const postgres = 'postgres://habeas:secret@node:5432/habeas';

  it('are taken from the environment, or from files that it names', () => {
    expect(readConfig({ ...usual(), EVENTSTORE_URL: esdb, DATABASE_URL: postgres })).toMatchObject({
      eventStore: { text: esdb, tls: true },
      databaseUrl: postgres,
    });
    writeFileSync(join(folder, 'esdb'), `${esdb}\n`);
    writeFileSync(join(folder, 'postgres'), `${postgres}\n`);
    const env = { EVENTSTORE_URL_FILE: join(folder, 'esdb'), DATABASE_URL_FILE: join(folder, 'postgres') };
    expect(readConfig({ ...usual(), ...env })).toMatchObject({
      eventStore: { text: esdb },
      databaseUrl: postgres,
    });
    expect(faultsOf({ ...env, DATABASE_URL: postgres })).toEqual([
      'DATABASE_URL_FILE: DATABASE_URL is set as well; unset one of them',
    ]);
  });

  it('are spoken to in the clear, or with the password everybody knows, only outside of production', () => {
    const clear = 'esdb://localhost:2113?tls=false';
    const known = 'esdb://admin:changeit@node:2113';
    for (const url of [clear, known]) {
      expect(faultsOf({ EVENTSTORE_URL: url })).toEqual([]);
      expect(faultsOf({ EVENTSTORE_URL: url, NODE_ENV: 'production' })).toEqual([
        expect.stringMatching(/^EVENTSTORE_URL: /),
      ]);
    }
  });
});

describe('PostgreSQL on another machine, in production,', () => {
  const at = (place: string): Environment => ({
    NODE_ENV: 'production',
    DATABASE_URL: `postgres://rows:secret@${place}`,
    HABEAS_KEYS_DATABASE_URL: `postgres://keys:secret@${place}`,
  });

  it.each([
    'db.example/habeas',
    'db.example/habeas?sslmode=disable',
    'db.example/habeas?sslmode=no-verify',
    'db.example/habeas?sslmode=verify-full&sslmode=disable',
    '10.0.0.7:5432/habeas',
    '[fd00::7]/habeas',
    'localhost/habeas?host=db.example',
    '127.0.0.1.example/habeas',
  ])('is not spoken to in the clear: %s', (place) => {
    expect(faultsOf(at(place))).toEqual([
      'DATABASE_URL: sends what is stored over the network in the clear: set sslmode=verify-full',
      'HABEAS_KEYS_DATABASE_URL: sends what is stored over the network in the clear: set sslmode=verify-full',
    ]);
    expect(faultsOf({ DATABASE_URL: `postgres://rows:secret@${place}` })).toEqual([]);
  });

  it.each([
    'db.example/habeas?sslmode=verify-full&sslrootcert=/run/ca.crt',
    'db.example/habeas?sslmode=verify-ca',
    'db.example/habeas?sslmode=require',
  ])('is spoken to with TLS: %s', (place) => expect(faultsOf(at(place))).toEqual([]));

  it.each([
    'localhost/habeas',
    '127.3.2.1:5432/habeas?sslmode=disable',
    '[::1]/habeas',
    '%2Fvar%2Frun%2Fpostgresql/habeas',
    'x/habeas?host=/var/run/postgresql',
  ])('is not what this machine is: %s', (place) => expect(faultsOf(at(place))).toEqual([]));
});

describe('in production', () => {
  const NODE_ENV = 'production';

  it('it starts with a master key that is there and is kept from others', () => {
    expect(faultsOf({ NODE_ENV })).toEqual([]);
  });

  it('it does not start with a date that stands still, nor without a master key', () => {
    expect(faultsOf({ NODE_ENV, HABEAS_TODAY: '2020-02-07' })).toEqual([
      expect.stringContaining('HABEAS_TODAY'),
    ]);
    expect(faultsOf({ NODE_ENV, HABEAS_MASTER_KEY_FILE: join(folder, 'none') })).toEqual([
      expect.stringContaining('is missing'),
    ]);
  });

  it('what only projects needs no keys, nor the way to them', () => {
    const elsewhere = {
      NODE_ENV,
      HABEAS_MASTER_KEY_FILE: join(folder, 'none'),
      DATABASE_URL: 'postgres://habeas:secret@rows/habeas?sslmode=verify-full',
      HABEAS_ERASURE_LIST: join(folder, 'none', 'such'),
    };
    expect(faultsOf({ ...elsewhere, HABEAS_ROLES: 'projector' })).toEqual([]);
    expect(new Set(faultsOf(elsewhere).map((fault) => fault.split(':')[0]))).toEqual(
      new Set(['HABEAS_MASTER_KEY_FILE', 'HABEAS_KEYS_DATABASE_URL', 'HABEAS_ERASURE_LIST']),
    );
  });
});

describe('the key that signs the log', () => {
  const elsewhere = (file: string): Environment => ({ HABEAS_NOTARY_KEY_FILE: join(folder, file) });
  const NODE_ENV = 'production';

  it.each([
    ['data/notary.key', /lies under HABEAS_DATA/],
    ['master.key', /is the master key/],
    ['short.key', /holds 31 bytes instead of 32/],
    ['open.key', /can be read by every user/],
  ])('is not %s', (file, fault) => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'short.key'), Buffer.alloc(31), { mode: 0o600 });
    writeFileSync(join(folder, 'open.key'), Buffer.alloc(32), { mode: 0o644 });
    expect(faultsOf(elsewhere(file))).toEqual([expect.stringMatching(fault)]);
    expect(faultsOf(elsewhere(file))[0]).toMatch(/^HABEAS_NOTARY_KEY_FILE: /);
    // Who does not sign is given none.
    expect(faultsOf({ ...elsewhere(file), HABEAS_ROLES: 'api,projector' })).toEqual([]);
  });

  it('is there in production', () => {
    expect(faultsOf({ NODE_ENV, ...elsewhere('none.key') })).toEqual([expect.stringMatching(/is missing/)]);
    expect(faultsOf({ ...elsewhere('none.key') })).toEqual([]);
  });

  it('is all that is needed to sign', () => {
    const master = { HABEAS_MASTER_KEY_FILE: join(folder, 'none') };
    const notary = elsewhere('notary.key');
    expect(faultsOf({ NODE_ENV, ...master, ...notary, HABEAS_ROLES: 'notary' })).toEqual([]);
  });
});

describe('the issuer of access tokens', () => {
  const issuer: Environment = {
    HABEAS_OIDC_ISSUER: 'https://id.example/realm',
    HABEAS_OIDC_AUDIENCE: 'habeas',
    HABEAS_OIDC_JWKS_URL: 'https://id.example/keys',
  };

  it('is told by three settings, and is absent without any', () => {
    expect(readConfig({ ...usual(), ...issuer }).oidc).toEqual({
      issuer: 'https://id.example/realm',
      audience: 'habeas',
      jwksUrl: new URL('https://id.example/keys'),
    });
    expect(readConfig(usual()).oidc).toBeUndefined();
  });

  it.each(Object.keys(issuer))('is nothing without %s', (name) => {
    expect(faultsOf({ ...issuer, [name]: '' })).toEqual([expect.stringMatching(`^${name}: is missing`)]);
  });

  it.each(['id.example', 'ftp://id.example', 'https://'])('is not at %s', (address) => {
    for (const name of ['HABEAS_OIDC_ISSUER', 'HABEAS_OIDC_JWKS_URL']) {
      expect(faultsOf({ ...issuer, [name]: address })).toEqual([
        `${name}: is not a URL that begins with https://`,
      ]);
    }
  });

  it('needs no password of ours, and no fault quotes one', () => {
    const faults = faultsOf({ ...issuer, HABEAS_OIDC_JWKS_URL: 'https://me:secret-7@id.example/keys' });
    expect(faults).toEqual(['HABEAS_OIDC_JWKS_URL: holds a password; it takes none']);
  });

  it('is not reached in the clear in production, beside whatever else is wrong', () => {
    const inTheClear = {
      ...issuer,
      HABEAS_OIDC_ISSUER: 'http://id.example',
      HABEAS_OIDC_JWKS_URL: 'http://id.example/keys',
    };
    expect(faultsOf(inTheClear)).toEqual([]);
    const faults = faultsOf({ ...inTheClear, NODE_ENV: 'production', HABEAS_TODAY: '2020-01-27' });
    expect(new Set(faults.map((fault) => fault.split(':')[0]))).toEqual(
      new Set(['HABEAS_OIDC_ISSUER', 'HABEAS_OIDC_JWKS_URL', 'HABEAS_TODAY']),
    );
  });
});

it('a principal may ask six thousand times a minute, unless another number is set', () => {
  expect(readConfig(usual()).requestsPerMinute).toBe(6_000);
  expect(readConfig({ ...usual(), HABEAS_REQUESTS_PER_MINUTE: '0' }).requestsPerMinute).toBe(0);
  expect(faultsOf({ HABEAS_REQUESTS_PER_MINUTE: '-1' })).toHaveLength(1);
});

describe('reports on a schedule', () => {
  const place = (): string => join(folder, 'reports');

  it('are none without a folder for them', () => {
    expect(readConfig(usual()).schedule).toBeUndefined();
    expect(faultsOf({ HABEAS_REPORTS_DAILY: 'compliance', HABEAS_REPORTS_LANGUAGES: 'en' })).toEqual([
      'HABEAS_REPORTS_DAILY: HABEAS_REPORTS is not set, so nothing would be made',
      'HABEAS_REPORTS_LANGUAGES: HABEAS_REPORTS is not set, so nothing would be made',
    ]);
  });

  it('are in all languages those that may be published, unless others are chosen', () => {
    expect(readConfig({ ...usual(), HABEAS_REPORTS: place() }).schedule).toEqual({
      folder: place(),
      daily: ['compliance'],
      monthly: ['monthly', 'articles', 'due-process', 'compliance'],
      languages: ['en', 'ru', 'be'],
    });
    const env = {
      HABEAS_REPORTS: place(),
      HABEAS_REPORTS_DAILY: 'none',
      HABEAS_REPORTS_MONTHLY: 'due-process, monthly',
      HABEAS_REPORTS_LANGUAGES: 'be',
    };
    expect(readConfig({ ...usual(), ...env }).schedule).toMatchObject({
      daily: [],
      monthly: ['monthly', 'due-process'],
      languages: ['be'],
    });
  });

  it.each([
    [
      { HABEAS_REPORTS_DAILY: 'detainees' },
      /DAILY: "detainees" names persons or lists cases, and is never published/,
    ],
    [{ HABEAS_REPORTS_MONTHLY: 'monthly,campaign' }, /MONTHLY: "campaign" is about one campaign/],
    [{ HABEAS_REPORTS_MONTHLY: 'yearly' }, /MONTHLY: "yearly" is no report; on a schedule can be monthly, /],
    [{ HABEAS_REPORTS_LANGUAGES: 'de' }, /LANGUAGES: "de" is none of en, ru, be/],
  ])('are refused with %j', (env, fault) => {
    expect(faultsOf({ HABEAS_REPORTS: place(), ...env })).toEqual([expect.stringMatching(fault)]);
  });

  it("go to a folder that is nobody else's, and where nobody else has any business", () => {
    for (const under of ['data', 'data/reports', 'data/evidence'])
      expect(faultsOf({ HABEAS_REPORTS: join(folder, under) })).toEqual([
        expect.stringContaining('lies under HABEAS_DATA'),
      ]);
    expect(faultsOf({ HABEAS_EVIDENCE: place(), HABEAS_REPORTS: place() })).toEqual([
      expect.stringContaining('lies under HABEAS_EVIDENCE'),
    ]);
    expect(faultsOf({ HABEAS_REPORTS: join(folder, 'master.key') })).toEqual([
      expect.stringContaining('is no folder'),
    ]);
    mkdirSync(place(), { mode: 0o750 });
    expect(faultsOf({ HABEAS_REPORTS: place() })).toEqual([]);
    chmodSync(place(), 0o755);
    expect(faultsOf({ HABEAS_REPORTS: place() })).toEqual([
      expect.stringContaining('is open to every user of the machine'),
    ]);
    // What does not take requests writes nothing there.
    expect(faultsOf({ HABEAS_REPORTS: place(), HABEAS_ROLES: 'projector' })).toEqual([]);
  });

  it('go in production to a folder that is there', () => {
    expect(faultsOf({ HABEAS_REPORTS: place(), NODE_ENV: 'production' })).toEqual([
      `HABEAS_REPORTS: ${place()} is no folder; it is not made in production`,
    ]);
  });
});
