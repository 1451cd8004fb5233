import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { clusterUrl } from './postgres-cluster.js';

/** An empty database of a real PostgreSQL server. */
export interface FreshPostgres {
  /** For `DATABASE_URL`; other processes may use it, too. */
  url: string;
  /** Asks it something past the product, over a connection for this once. */
  ask<Row extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]>;
  /** Ends whatever is connected, and takes it away. */
  drop(): Promise<void>;
}

export async function freshPostgres(): Promise<FreshPostgres> {
  const server = await clusterUrl();
  const name = `t_${randomBytes(8).toString('hex')}`;
  const url = `${server}/${name}`;
  await ask(`${server}/postgres`, `create database ${name} strategy file_copy`);
  return {
    url,
    ask: (text, ...values) => ask(url, text, values),
    drop: async () => {
      await ask(`${server}/postgres`, `drop database if exists ${name} with (force)`);
    },
  };
}

async function ask<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
