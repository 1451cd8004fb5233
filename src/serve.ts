import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { createApplication } from './http/edge.js';
import { Instance } from './http/health/instance.js';
import { listedErasures } from './listed-erasures.js';
import { Log } from './log.js';
import { FirstAdminKey, type FirstAdmin } from './security/first-admin.js';
import { Shutdown } from './shutdown.js';

/** A service that listens. */
export interface RunningService {
  url: string;
  app: NestFastifyApplication;
  /** Only on the very first start. */
  firstAdmin: FirstAdmin | undefined;
  /** Ends it in phases. True when all went well and in time. */
  stop: () => Promise<boolean>;
}

/** Starts the whole service: the same for `npm start`, the command line, the demo and the tests. */
export async function serve(config: Config, clock: Clock, log: Log): Promise<RunningService> {
  const shutdown = new Shutdown(log);
  const isApi = config.roles.has('api');
  try {
    // Refused before anything is made.
    if (isApi) listedErasures(config);
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    const app = await createApplication(AppModule.of(config, clock, log, shutdown), log);
    await app.listen(config.port, config.host);
    // Not before: a start that finds the port taken would make the key and never say where it is.
    const firstAdmin = isApi ? await app.get(FirstAdminKey).admit() : undefined;
    const url = await app.getUrl();
    if (isApi) announce(config, url, app.get(Instance), shutdown);
    log.info({ url, pid: process.pid }, 'listening');
    return { url, app, firstAdmin, stop: () => shutdown.run() };
  } catch (error) {
    // Rooms that were opened before it failed would keep the process from ending.
    await shutdown.run();
    throw error;
  }
}

/** Tells other processes on this machine, such as the command line, that the data is being served, where, and by which run. */
function announce({ dataDir }: Config, url: string, { id }: Instance, shutdown: Shutdown): void {
  const file = join(dataDir, 'running.json');
  const own = `${JSON.stringify({ url, instance: id })}\n`;
  writeFileSync(file, own, { mode: 0o600 });
  shutdown.during('stop taking requests', () => {
    // Another service may have come to this data since.
    if (existsSync(file) && readFileSync(file, 'utf8') === own) rmSync(file, { force: true });
  });
}
