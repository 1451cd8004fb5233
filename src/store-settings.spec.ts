import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
