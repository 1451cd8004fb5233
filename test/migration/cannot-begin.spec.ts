import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aDesk, type Desk } from '../support/desk.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { aDeskWith, at, MIGRATE, UNSET } from '../support/migrating-desk.js';

describe('a migration that cannot begin', () => {
  let desk: Desk;
  let double: EventStoreDouble;
  beforeAll(async () => {
    ({ desk } = await aDeskWith(12, 3));
    double = await EventStoreDouble.start();
  });
  afterEach(() => expect(double.traffic.appends).toBe(0));
  afterAll(async () => {
    await double.stop();
    await desk.clear();
  });

  it('says which setting is missing or wrong, and quotes none of it', async () => {
    const file = await desk.file('eventstore-url', 'esdb://habeas:s3cret@host:99999');
    const FAULTS: [Record<string, string>, string][] = [
      [{}, 'EVENTSTORE_URL: is not set'],
      [{ EVENTSTORE_URL: 'habeas:s3cret@host' }, 'EVENTSTORE_URL: is not of the form'],
      [{ EVENTSTORE_URL_FILE: file }, 'EVENTSTORE_URL: has a host'],
      [{ EVENTSTORE_URL_FILE: `${file}.gone` }, 'EVENTSTORE_URL_FILE: '],
      [{ EVENTSTORE_URL: 'esdb://u:s3cret@host?tls=no' }, 'EVENTSTORE_URL: tls: has a value'],
    ];
    for (const [settings, told] of FAULTS) {
      const refused = await at(desk, settings)(...MIGRATE);
      expect(refused).toMatchObject({ code: 78, out: '', said: expect.stringContaining(told) });
      expect(refused.said).not.toContain('s3cret');
    }
  });

  it('says that nobody answers there, and no word of the password', async () => {
    const gone = await EventStoreDouble.start();
    await gone.stop();
    const url = gone.connectionString.replace('esdb://', 'esdb://habeas:s3cret@');
    const refused = await at(desk, { EVENTSTORE_URL: url })(...MIGRATE);
    expect(refused).toMatchObject({ code: 1, out: '', said: expect.stringMatching(/^Nothing was copied: /) });
    expect(refused.said).not.toContain('s3cret');
  });

  it('knows the two stores by name only', async () => {
    const run = at(desk, { EVENTSTORE_URL: double.connectionString });
    expect((await run('migrate-store')).said).toContain("required option '--from");
    expect((await run('migrate-store', '--from', 'sqlite', '--to', 'postgres')).said).toContain(
      'eventstoredb',
    );
    expect((await run('migrate-store', '--help')).out).toMatch(/EVENTSTORE_URL_FILE[^]*killed at any moment/);
  });

  it('does not begin beside a service on the same data', async () => {
    const service = await desk.serve();
    const run = at(desk, { EVENTSTORE_URL: double.connectionString });
    const refused = await run(...MIGRATE);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.said).toContain(`at ${service.url}. Stop it`);
    await service.stop();
  });

  it('makes no store where there is none', async () => {
    const empty = await aDesk({ ...UNSET, EVENTSTORE_URL: double.connectionString });
    const refused = await empty.run(...MIGRATE);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.said).toContain(`The event store in ${empty.dataDir} cannot be opened`);
    expect(existsSync(empty.dataDir)).toBe(false);
    await empty.clear();
  });
});
