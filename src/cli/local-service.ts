import type { Clock } from '../clock.js';
import { SystemClock } from '../clock.js';
import { readConfig } from '../config.js';
import { LawBook } from '../cases/law-book.js';
import { createLog, linesTo } from '../log.js';
import type { Role } from '../security/roles.js';
import type { RunningService } from '../serve.js';
import { Api } from './api.js';
import { runningServiceOn } from './running-service.js';
import type { Terminal } from './terminal.js';

/**
 * Does the work through the service on this data: the one that runs, else one of its own that only this machine can reach and
 * that ends with the work. Whoever can read the data folder and the master key is trusted with a key, which is taken back.
 */
export async function withService<T>(
  terminal: Terminal,
  role: Role,
  work: (api: Api) => Promise<T>,
): Promise<T> {
  const config = readConfig(terminal.env);
  const clock = new SystemClock(LawBook.of('BY').law.timeZone, config.today);
  // Not before: the other commands have no use for a service, which takes a second and 80 MB to load.
  const { withLocalKey } = await import('./local-key.js');
  const running = await runningServiceOn(config.dataDir);
  const own = running === undefined ? await serveAlone(clock, terminal) : undefined;
  try {
    return await withLocalKey(config, clock, role, (key) => work(new Api(running ?? own?.url ?? '', key)));
  } finally {
    await own?.stop();
  }
}

async function serveAlone(clock: Clock, { env, say }: Terminal): Promise<RunningService> {
  const config = readConfig({
    ...env,
    HABEAS_HOST: '127.0.0.1',
    HABEAS_PORT: '0',
    HABEAS_ROLES: undefined,
    // There is nobody else to leave room for.
    HABEAS_REQUESTS_PER_MINUTE: '0',
  });
  const log = createLog({ logLevel: 'error' }, linesTo(2));
  const { serve } = await import('../serve.js');
  const service = await serve(config, clock, log);
  const { file } = service.firstAdmin ?? {};
  if (file !== undefined)
    say(`The first admin key is in ${file}: read it, keep it safe and delete the file.`);
  return service;
}
