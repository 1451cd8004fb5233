import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { freshPostgres, type FreshPostgres } from './support/postgres.js';

/** Others use the same server: this user, and its database, must not be theirs. */
const NAME = `u_${randomBytes(4).toString('hex')}`;

/** What the program says to the server. There is no `psql` here, which would put the password in. */
function statements(): string[] {
  const program = readFileSync('deploy/postgres-init.sh', 'utf8');
  const [, said = ''] = /<<'SQL'\n([^]*?)\nSQL\n/.exec(program) ?? [];
  return said
    .replaceAll(/^\\.*$/gm, '')
    .replaceAll('habeas', NAME)
    .replaceAll(":'password'", "'a password'")
    .split(';')
    .filter((statement) => statement.trim());
}

describe("the service's user in the PostgreSQL of the cluster", () => {
  let server: FreshPostgres;
  let user: pg.Client;

  beforeAll(async () => {
    server = await freshPostgres();
    for (const statement of statements()) await server.ask(statement);
    const url = new URL(server.url);
    user = new pg.Client({
      host: url.hostname,
      port: Number(url.port),
      database: NAME,
      user: NAME,
      password: 'a password',
    });
    await user.connect();
  });
  afterAll(async () => {
    await user.end();
    await server.ask(`drop database ${NAME}`);
    await server.ask(`drop role ${NAME}`);
    await server.drop();
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
