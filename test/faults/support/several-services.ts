import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../../src/clock.js';
import { readConfig } from '../../../src/config.js';
import { createLog } from '../../../src/log.js';
import { serve, type RunningService } from '../../../src/serve.js';
import type { Environment } from '../../../src/settings.js';
import { DoubleData } from '../../support/eventstoredb-double/double-data.js';
import { freshPostgres, type FreshPostgres } from '../../support/postgres.js';
import { startService, type Service } from '../../support/service.js';
import { Line } from './line.js';

/** A service that takes requests, and its own way to the event store. */
interface Member {
  line: Line;
  service: Service;
}

/** Services that are one: the same facts, each by a line of its own, and one PostgreSQL. One of them projects, and does nothing else. */
export class SeveralServices {
  private constructor(
    private readonly folder: string,
    readonly data: DoubleData,
    private readonly postgres: FreshPostgres,
    readonly members: readonly Member[],
    /** Of the one that projects. */
    readonly projectorLine: Line,
    private readonly projector: RunningService,
  ) {}

  static async start(count: number): Promise<SeveralServices> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-several-'));
    const data = new DoubleData();
    const postgres = await freshPostgres();
    const settings = (name: string, roles: string, line: Line): Environment => ({
      HABEAS_DATA: join(folder, name),
      HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
      HABEAS_ROLES: roles,
      HABEAS_LOG_LEVEL: 'error',
      EVENTSTORE_URL: line.url,
      DATABASE_URL: postgres.url,
    });
    const projectorLine = await Line.start(data);
    const projector = await startProjector(settings('projector', 'projector', projectorLine));
    const members: Member[] = [];
    for (let n = 0; n < count; n += 1) {
      const line = await Line.start(data);
      const name = `api-${n}`;
      const service = await startService({ folder: join(folder, name), env: settings(name, 'api', line) });
      members.push({ line, service });
    }
    return new SeveralServices(folder, data, postgres, members, projectorLine, projector);
  }

  get lines(): Line[] {
    return [...this.members.map(({ line }) => line), this.projectorLine];
  }

  async stop(): Promise<void> {
    for (const { proxy } of this.lines) proxy.heal();
    await Promise.all([this.projector.stop(), ...this.members.map(({ service }) => service.close())]);
    await Promise.all(this.lines.map((line) => line.stop()));
    await this.postgres.drop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function startProjector(env: Environment): Promise<RunningService> {
  const config = readConfig({ ...env, HABEAS_PORT: '0', HABEAS_MIN_FREE_MB: '0' });
  const log = createLog(config, { write: () => undefined });
  return serve(config, new SystemClock('Europe/Minsk', undefined), log);
}
