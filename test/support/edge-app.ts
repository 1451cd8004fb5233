import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { SystemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createApplication, type TimeLimits } from '../../src/http/edge.js';
import { createLog } from '../../src/log.js';
import { Shutdown } from '../../src/shutdown.js';

@Module({})
class WithExtraRoutes {}

export interface EdgeApp {
  app: NestFastifyApplication;
  url: string;
  log: Record<string, unknown>[];
  shutdown: Shutdown;
  close(): Promise<void>;
}

/** The whole service with a controller of the test's own beside its routes, listening. */
export async function startWithRoutes(controller: Type, limits?: TimeLimits): Promise<EdgeApp> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-edge-'));
  const config = readConfig({
    HABEAS_DATA: join(folder, 'data'),
    HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    HABEAS_MIN_FREE_MB: '0',
  });
  const lines: Record<string, unknown>[] = [];
  const log = createLog(config, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) });
  const shutdown = new Shutdown(log);
  const rooms = AppModule.of(config, new SystemClock('Europe/Minsk'), log, shutdown);
  const module = { module: WithExtraRoutes, imports: [rooms], controllers: [controller] };
  const app = await createApplication(module, log, limits).catch(async (error: unknown) => {
    await shutdown.run();
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  await app.listen(0, config.host);
  return {
    app,
    url: await app.getUrl(),
    log: lines,
    shutdown,
    close: async () => {
      await shutdown.run();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
