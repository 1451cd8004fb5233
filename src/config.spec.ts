import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SettingsFolder } from '../test/support/settings-folder.js';
import { readConfig } from './config.js';
import type { Environment } from './settings.js';

let at: SettingsFolder;
let folder: string;
beforeEach(() => {
  at = new SettingsFolder();
  folder = at.folder;
});
afterEach(() => at.remove());

const usual = (): Environment => at.usual();
const faultsOf = (env: Environment): readonly string[] => at.faultsOf(env);

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
