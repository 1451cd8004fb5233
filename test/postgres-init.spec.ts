import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { KeyStore } from '../src/keys/key-store.js';
import { MasterKey } from '../src/keys/master-key.js';
import { MasterKeys } from '../src/keys/master-keys.js';
import { freshPostgres, type FreshPostgres } from './support/postgres.js';

/** Others use the same server: this user, and its database, must not be theirs. */
const NAME = `u_${randomBytes(4).toString('hex')}`;

/** What the program says to the server, before and after it goes to the new database. There is no `psql` here, which would put the passwords in. */
function statements(): [string[], string[]] {
  const program = readFileSync('deploy/postgres-init.sh', 'utf8');
  const [, said = ''] = /<<'SQL'\n([^]*?)\nSQL\n/.exec(program) ?? [];
  const [before = '', after = ''] = said.split('\\connect habeas').map((part) =>
    part
      .replaceAll(/^\\.*$/gm, '')
      .replaceAll('habeas', NAME)
      .replaceAll(/:'(?:keys_)?password'/g, "'a password'"),
  );
  return [separate(before), separate(after)];
}

const separate = (text: string): string[] => text.split(';').filter((statement) => statement.trim());

describe("the service's user in the PostgreSQL of the cluster", () => {
  let server: FreshPostgres;
  let user: pg.Client;
  let keysUrl: string;

  beforeAll(async () => {
    server = await freshPostgres();
    const [before, after] = statements();
    for (const statement of before) await server.ask(statement);
    const url = new URL(server.url);
    url.pathname = `/${NAME}`;
    const root = new pg.Client(url.href);
    await root.connect();
    for (const statement of after) await root.query(statement);
    await root.end();
    url.password = 'a password';
    url.username = `${NAME}_keys`;
    keysUrl = url.href;
    url.username = NAME;
    user = new pg.Client(url.href);
    await user.connect();
  });
  afterAll(async () => {
    await user.end();
    await server.ask(`drop database ${NAME} with (force)`);
    await server.ask(`drop role ${NAME}`);
    await server.ask(`drop role ${NAME}_keys`);
    await server.drop();
  });

  it('leaves the keys to a user of their own, whose schema nobody else can look into', async () => {
    const masters = new MasterKeys(new MasterKey(randomBytes(32)), () => []);
    const store = new KeyStore({ kind: 'postgres', url: keysUrl, schema: `${NAME}_keys` }, masters);
    try {
      expect(await store.open()).toBe(true);
      await store.add([{ keyId: 'a', bytes: randomBytes(32) }]);
      expect((await store.find(['a'])).size).toBe(1);
      await expect(store.tables.schema.createSchema('another').execute()).rejects.toThrow();
    } finally {
      await store.close();
    }
    for (const statement of [
      `select * from ${NAME}_keys."wrappedKey"`,
      `drop schema ${NAME}_keys cascade`,
      `grant ${NAME}_keys to ${NAME}`,
      `set role ${NAME}_keys`,
    ]) {
      await expect(user.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  it('may make what it needs in its own database', async () => {
    await user.query('create table a (b int)');
    await user.query('create schema c');
    await user.query('create table c.d (e int)');
  });

  it.each([
    ['read the files of the machine', `copy (select 1) to program 'true'`],
    ['make users', `create role ${NAME}_other`],
    ['make databases', `create database ${NAME}_other`],
    ['become another', 'set role pg_read_all_data'],
  ])('may not %s', async (_, statement) => {
    await expect(user.query(statement)).rejects.toThrow(/permission denied/);
  });

  it('has a database that is closed to others', async () => {
    const [row] = await server.ask<{ open: boolean }>(
      `select bool_or(grantee = 0) as open from pg_database, aclexplode(datacl) where datname = $1`,
      NAME,
    );
    expect(row?.open).toBe(false);
  });
});
