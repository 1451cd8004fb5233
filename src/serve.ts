import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { createApplication } from './http/edge.js';
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
  try {
    const app = await createApplication(AppModule.of(config, clock, log, shutdown), log);
    const firstAdmin = await app.get(FirstAdminKey).admit();
    await app.listen(config.port, config.host);
    const url = await app.getUrl();
    announce(config, url, shutdown);
    log.info({ url, pid: process.pid }, 'listening');
    return { url, app, firstAdmin, stop: () => shutdown.run() };
  } catch (error) {
    // Rooms that were opened before it failed would keep the process from ending.
    await shutdown.run();
    throw error;
  }
}

/** Tells other processes on this machine, such as the command line, that the data is being served, and where. */
function announce({ dataDir }: Config, url: string, shutdown: Shutdown): void {
  const file = join(dataDir, 'running.json');
  writeFileSync(file, `${JSON.stringify({ url, pid: process.pid })}\n`);
  shutdown.during('stop taking requests', () => rmSync(file, { force: true }));
}
