import { mkdir, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from './support/installation.js';

const LONG = 120_000;

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
}, LONG);

afterEach(() => installation.forget());

afterAll(() => installation.remove());

describe('a service does not start, and says why in a line,', () => {
  /** Starts what must end by itself; gives how, and every line that it wrote. */
  const refusedWith = async (
    settings: Record<string, string>,
  ): Promise<{ code: number | null; lines: string[] }> => {
    const launched = installation.launch(settings);
    const { code } = await launched.ended;
    return { code, lines: launched.said().trim().split('\n') };
  };

  it(
    'in production with a fixed date',
    async () => {
      for (const key of ['master.key', 'notary.key'])
        await writeFile(join(installation.folder, key), randomBytes(32), { mode: 0o600 });
      const { code, lines } = await refusedWith({ NODE_ENV: 'production', HABEAS_TODAY: '2020-01-27' });
      expect({ code, lines }).toEqual({
        code: 78,
        lines: [expect.stringMatching(/^HABEAS_TODAY: .*production/)],
      });
      expect(existsSync(installation.dataDir)).toBe(false);
    },
    LONG,
  );

  it(
    'in production with a key that was made by a start that was not',
    async () => {
      const service = await installation.start();
      await service.kill('SIGTERM');
      const { code, lines } = await refusedWith({ NODE_ENV: 'production' });
      expect({ code, lines }).toEqual({
        code: 78,
        lines: [expect.stringMatching(/^HABEAS_MASTER_KEY_FILE: .*development key/)],
      });
    },
    LONG,
  );

  it(
    'for an event store that cannot be reached',
    async () => {
      const { code, lines } = await refusedWith({ EVENTSTORE_URL: 'esdb://localhost:9?tls=false' });
      expect({ code, lines }).toEqual({
        code: 1,
        lines: [expect.stringMatching(/^Habeas did not start .*EventStoreDB gave no answer/)],
      });
    },
    LONG,
  );

  it(
    'for a database that cannot be reached',
    async () => {
      const { code, lines } = await refusedWith({
        DATABASE_URL: 'postgres://nobody:secret-7@localhost:9/none',
      });
      expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(/^Habeas did not start /)] });
      expect(lines.join()).not.toContain('secret-7');
    },
    LONG,
  );

  it(
    'with all that is wrong at once',
    async () => {
      const { code, lines } = await refusedWith({ HABEAS_PORT: 'high', HABEAS_TODAY: 'tomorrow' });
      expect(code).toBe(78);
      expect(new Set(lines.map((line) => line.split(':')[0]))).toEqual(
        new Set(['HABEAS_PORT', 'HABEAS_TODAY']),
      );
    },
    LONG,
  );

  it(
    'on data that was made with another master key',
    async () => {
      const service = await installation.start();
      await service.kill('SIGTERM');
      await writeFile(join(installation.folder, 'other.key'), randomBytes(32), { mode: 0o600 });
      const { code, lines } = await refusedWith({
        HABEAS_MASTER_KEY_FILE: join(installation.folder, 'other.key'),
      });
      expect({ code, lines }).toEqual({
        code: 78,
        lines: [expect.stringMatching(/^HABEAS_MASTER_KEY_FILE: /)],
      });
    },
    LONG,
  );

  const nonsense = 'this is no database, and long enough to be told from one. '.repeat(100);

  it.each([
    ['is a file', (dataDir: string) => writeFile(dataDir, 'not a folder'), /file already exists/],
    [
      'holds something else in the place of the events',
      async (dataDir: string) => {
        await mkdir(dataDir);
        await writeFile(join(dataDir, 'events.db'), nonsense);
      },
      /event store .* file is not a database/,
    ],
    [
      'holds something else in the place of the keys',
      async (dataDir: string) => {
        await mkdir(dataDir);
        await writeFile(join(dataDir, 'access.db'), nonsense);
      },
      /file is not a database/,
    ],
  ])(
    'on a data folder that %s',
    async (_, spoil, reason) => {
      const { dataDir } = installation;
      await spoil(dataDir);
      const { code, lines } = await refusedWith({});
      expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(reason)] });
      expect(lines[0]).toContain(`Habeas did not start on the data in ${dataDir}: `);
    },
    LONG,
  );

  it(
    'on a port that is taken',
    async () => {
      const service = await installation.start();
      const { port } = new URL(service.url);
      const launched = installation.launch({
        HABEAS_PORT: port,
        HABEAS_DATA: join(installation.folder, 'other'),
      });
      expect((await launched.ended).code).toBe(1);
      expect(launched.said()).toMatch(/^Habeas did not start on .*EADDRINUSE.*\n$/);
    },
    LONG,
  );
});
