import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../clock.js';
import { readConfig } from '../../config.js';
import { createLog, linesTo } from '../../log.js';
import { ApiKeys } from '../../security/api-keys.js';
import { Principals } from '../../security/principals.js';
import { ROLES, type Role } from '../../security/roles.js';
import { serve } from '../../serve.js';
import type { Terminal } from '../terminal.js';

export interface DemoService {
  url: string;
  keys: Readonly<Record<Role, string>>;
  /** Stops it and removes everything it has stored. */
  end(): Promise<void>;
}

/** The whole service on a store that lasts as long as the demo, with a key for each role. Of the environment it takes the port, and where temporary files go. */
export async function startDemoService(terminal: Terminal, timeZone: string): Promise<DemoService> {
  const { TMPDIR = tmpdir() } = terminal.env;
  const folder = await mkdtemp(join(TMPDIR, 'habeas-demo-'));
  const config = readConfig({
    HABEAS_DATA: join(folder, 'data'),
    HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    HABEAS_PORT: terminal.env['HABEAS_PORT'] ?? '0',
    HABEAS_MIN_FREE_MB: '0',
    HABEAS_LOG_LEVEL: 'error',
  });
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const log = createLog(config, linesTo(2));
  const service = await serve(config, new SystemClock(timeZone), log).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  const principals = service.app.get(Principals);
  const apiKeys = service.app.get(ApiKeys);
  const keyFor = async (role: Role): Promise<[Role, string]> => {
    const { principalId } = await principals.add(`demo ${role}`, [role]);
    return [role, (await apiKeys.issue(principalId)).text];
  };
  const keys: [Role, string][] = [];
  for (const role of ROLES) keys.push(await keyFor(role));
  return {
    url: service.url,
    keys: Object.fromEntries(keys) as Record<Role, string>,
    end: async () => {
      await service.stop();
      await clear();
    },
  };
}
