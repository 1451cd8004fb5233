import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SystemClock, type Clock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { ApiKeys } from '../../src/security/api-keys.js';
import { Principals } from '../../src/security/principals.js';
import type { Role } from '../../src/security/roles.js';
import { serve } from '../../src/serve.js';
import type { Environment } from '../../src/settings.js';
import { storesOf } from './stores.js';

export interface ServiceOptions {
  clock?: Clock;
  /** Holds the data and the master key, and is kept when the service is closed; absent: a temporary one. */
  folder?: string;
  /** Settings on top of those of a test. */
  env?: Environment;
}

export interface RequestOptions {
  /** Sent as JSON; a string or a form is sent as it is. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** An API key; absent: the admin's; null: none. */
  key?: string | null;
}

export interface Reply<T> {
  status: number;
  headers: Headers;
  /** Parsed if it is JSON, else `undefined`. */
  body: T;
  text: string;
}

export interface Service {
  url: string;
  /** Give it to `startService` again to start on the same data. */
  folder: string;
  app: NestFastifyApplication;
  adminKey: string;
  /** The lines logged so far, parsed. */
  log: Record<string, unknown>[];
  /** A key of a principal with this one role; always the same one within a service. */
  keyFor(role: Role): Promise<string>;
  request<T = Record<string, unknown>>(
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<Reply<T>>;
  /** Stops the service in order; the data stays if `dataDir` was given. */
  close(): Promise<void>;
}

/** The whole service in this process, over real HTTP, on a data folder and a free port of its own. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'habeas-test-')));
  const dataDir = join(folder, 'data');
  const config = readConfig({
    HABEAS_DATA: dataDir,
    HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    HABEAS_PORT: '0',
    HABEAS_MIN_FREE_MB: '0',
    HABEAS_CASES_PER_DAY: '1000000',
    HABEAS_LOG_LEVEL: 'info',
    // Out of the way of tests that ask a lot, but counted.
    HABEAS_REQUESTS_PER_MINUTE: '1000000',
    ...(await storesOf(folder)),
    ...options.env,
  });
  const log: Record<string, unknown>[] = [];
  const write = (line: string): unknown => log.push(JSON.parse(line) as Record<string, unknown>);
  const clock = options.clock ?? new SystemClock('Europe/Minsk', config.today);
  const { app, url, firstAdmin, stop } = await serve(config, clock, createLog(config, { write }));

  const keys = new Map<Role, Promise<string>>();
  const makeKey = async (role: Role): Promise<string> => {
    const { principalId } = await app.get(Principals).add(`a ${role}`, [role]);
    return (await app.get(ApiKeys).issue(principalId)).text;
  };
  const keyFor = (role: Role): Promise<string> => {
    const key = keys.get(role) ?? makeKey(role);
    keys.set(role, key);
    return key;
  };
  const adminKey = firstAdmin?.key ?? (await makeKey('admin'));

  return {
    url,
    folder,
    app,
    adminKey,
    log,
    keyFor,
    request: (method, path, request = {}) => send(url, method, path, { key: adminKey, ...request }),
    close: async () => {
      await stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

const isSentAsItIs = (body: unknown): body is string | FormData =>
  typeof body === 'string' || body instanceof FormData;

/** Sends one request, as a caller anywhere would. */
export async function send<T>(
  url: string,
  method: string,
  path: string,
  { body, headers, key }: RequestOptions,
): Promise<Reply<T>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(typeof key === 'string' && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isSentAsItIs(body) ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (json && text ? JSON.parse(text) : undefined) as T,
    text,
  };
}
