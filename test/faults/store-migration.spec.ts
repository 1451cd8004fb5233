import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { habeas } from '../../src/cli/habeas.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { CommandLine } from '../support/command-line.js';
import type { Desk } from '../support/desk.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { aDeskWith, embeddedIn, MIGRATE } from '../support/migrating-desk.js';
import { seededRandom } from '../support/random.js';
import { everything } from '../support/store-events.js';

const FOREIGN = '01890000-0000-7000-8000-000000000001';

let double: EventStoreDouble;
beforeEach(async () => {
  double = await EventStoreDouble.start();
});
afterEach(() => double.stop());

/** A desk with an embedded store, and what is in it. */
async function aDeskKnown(events: number, cases: number): Promise<{ desk: Desk; events: StoredEvent[] }> {
  const { desk } = await aDeskWith(events, cases);
  const store = embeddedIn(desk);
  const stored = await everything(store);
  await store.close();
  return { desk, events: stored };
}

const envOf = (desk: Desk): Record<string, string | undefined> => ({
  ...desk.terminal.env,
  EVENTSTORE_URL: double.connectionString,
});

const arrived = (): string[] => double.data.events.map(({ id }) => id);

/** Does something when so many events have arrived; it is done before their append is answered. */
function whenThereAre(events: number, act: () => void): void {
  const stop = double.data.listen(() => {
    if (double.data.events.length < events) return;
    stop();
    act();
  });
}

describe('a migration that is killed', () => {
  let desk: Desk;
  let commandLine: CommandLine;
  let wanted: string[];
  beforeAll(async () => {
    commandLine = await CommandLine.make('test/faults/programs/migrate-store.ts');
    const { desk: filled, events } = await aDeskKnown(2_000, 100);
    desk = filled;
    wanted = events.map(({ eventId }) => eventId);
  });
  afterAll(() => Promise.all([commandLine.remove(), desk.clear()]));

  const random = seededRandom(3);
  const moments = Array.from({ length: 7 }, () => 1 + Math.floor(random() * 1_900)).toSorted((a, b) => a - b);

  it('ten times goes on after the last event that arrived, and doubles none', async () => {
    const killed = async (when: (run: ReturnType<CommandLine['begin']>) => void): Promise<void> => {
      const run = commandLine.begin(MIGRATE, envOf(desk));
      when(run);
      expect((await run.ended).signal).toBe('SIGKILL');
      expect(arrived()).toEqual(wanted.slice(0, arrived().length));
    };
    const soon = (act: () => void): unknown => setTimeout(act, random() * 10);
    for (const [n, moment] of moments.entries()) {
      // Before the append is answered, or a little after.
      await killed((run) => {
        const kill = (): void => run.kill('SIGKILL');
        whenThereAre(moment, n % 2 === 0 ? kill : () => soon(kill));
      });
    }
    for (const stage of ['Looking what is there', 'Looking what is there', 'Comparing both stores']) {
      await killed((run) => void run.says(stage).then(() => soon(() => run.kill('SIGKILL'))));
    }
    const last = await commandLine.begin(MIGRATE, envOf(desk)).ended;
    expect(last).toMatchObject({ code: 0, out: expect.stringContaining('the same 2,000 events') });
    expect(arrived()).toEqual(wanted);
  }, 180_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends after the append in hand, and says how it goes on',
    async (signal) => {
      const run = commandLine.begin(MIGRATE, envOf(desk));
      whenThereAre(300, () => run.kill(signal));
      const { code, said, out } = await run.ended;
      expect({ code, out }).toEqual({ code: 130, out: '' });
      const there = arrived();
      expect(there.length).toBeLessThan(2_000);
      expect(said).toMatch(
        `Interrupted: ${there.length.toLocaleString('en')} of 2,000 events are in EventStoreDB. Run the same`,
      );
      expect(there).toEqual(wanted.slice(0, there.length));
    },
  );

  it('by a second Ctrl-C, while it waits for a server that says nothing, ends at once', async () => {
    const run = commandLine.begin(MIGRATE, envOf(desk));
    whenThereAre(10, () => {
      double.faults.appends.next({ answer: 'never', written: true });
      whenThereAre(11, () => run.kill('SIGINT'));
    });
    await run.says('once more ends at once');
    run.kill('SIGINT');
    expect(await run.ended).toMatchObject({ signal: 'SIGINT', out: '' });
    expect(arrived()).toEqual(wanted.slice(0, arrived().length));
  });
});

describe('a migration to a server that fails', () => {
  let desk: Desk;
  let wanted: string[];
  let first: StoredEvent | undefined;
  beforeAll(async () => {
    const { desk: filled, events } = await aDeskKnown(400, 25);
    desk = filled;
    wanted = events.map(({ eventId }) => eventId);
    [first] = events;
  });
  afterAll(() => desk.clear());

  const migrate = (say = desk.terminal.say): Promise<number> =>
    habeas(MIGRATE, { ...desk.terminal, say, env: envOf(desk) });

  it('takes no harm from answers that are lost', async () => {
    const answers = ['unavailable', 'cancelled', 'internal', 'timeout', 'busy', 'unknown'] as const;
    for (const [n, answer] of answers.entries()) {
      whenThereAre(1 + 60 * n, () => double.faults.appends.next({ answer, written: n % 2 === 0 }, 2));
    }
    expect(await migrate()).toBe(0);
    expect(double.faults.appends.left).toBe(0);
    expect(arrived()).toEqual(wanted);
  });

  it.each(['unavailable', 'cancelled', 'end'] as const)(
    'compares all that is there though every read of it is broken off with "%s"',
    async (answer) => {
      whenThereAre(400, () => double.faults.reads.next({ answer, after: 150, of: 'all' }, Infinity));
      expect(await migrate()).toBe(0);
      expect(arrived()).toEqual(wanted);
    },
  );

  it('outlives its restarts', async () => {
    const restarts: Promise<void>[] = [];
    for (const events of [1, 100, 250, 400]) whenThereAre(events, () => restarts.push(double.restart()));
    expect(await migrate()).toBe(0);
    await Promise.all(restarts);
    expect(restarts).toHaveLength(4);
    expect(arrived()).toEqual(wanted);
  });

  it('waits for one that is gone for longer, and says so', async () => {
    whenThereAre(150, () => void double.stop());
    let waits = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (waits = resolve));
    const ended = migrate((line) => (line.endsWith('; trying again') ? waits() : undefined));
    await waiting;
    expect(arrived()).toEqual(wanted.slice(0, arrived().length));
    await double.start();
    expect(await ended).toBe(0);
    expect(arrived()).toEqual(wanted);
  });

  it('stops where somebody else writes to one of the streams, and leaves it to people', async () => {
    whenThereAre(60, () => {
      const event = { id: FOREIGN, type: 'NoteAdded', contentType: 'application/json' };
      const texts = { data: Buffer.from('{}'), metadata: Buffer.from('{}') };
      double.data.append(first?.stream ?? '', 'any', [{ ...event, ...texts }]);
    });
    const said: string[] = [];
    expect(await migrate((line) => said.push(line))).toBe(1);
    expect(said.at(-1)).toMatch(/^The copy stopped after \d+ events, at case-[^]*Somebody else writes/);
    const there = arrived().length;
    expect(await migrate((line) => said.push(line))).toBe(1);
    expect(said.at(-1)).toMatch(new RegExp(`Nothing was written[^]*${FOREIGN}`));
    expect(arrived()).toHaveLength(there);
  });

  it('finds out at the end that somebody else has written to a stream of their own', async () => {
    whenThereAre(60, () => {
      const event = { id: FOREIGN, type: 'Ordered', contentType: 'application/json' };
      const texts = { data: Buffer.from('{}'), metadata: Buffer.from('{}') };
      double.data.append('orders-1', 'any', [{ ...event, ...texts }]);
    });
    const said: string[] = [];
    expect(await migrate((line) => said.push(line))).toBe(1);
    expect(said.at(-1)).toMatch(/^The stores are not the same\.\n[^]*orders-1, revision 0: Ordered/);
  });

  it('finds out at the end that a service was started on the old data meanwhile', async () => {
    const service = createServer((_, reply) => reply.end('{"instance":"somebody"}')).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const file = join(desk.dataDir, 'running.json');
    whenThereAre(60, () => writeFileSync(file, JSON.stringify({ url, instance: 'somebody' })));
    const said: string[] = [];
    expect(await migrate((line) => said.push(line))).toBe(1);
    expect(said.at(-1)).toContain(`A service runs on the data in ${desk.dataDir}, at ${url}.`);
    service.close();
    rmSync(file);
  });
});
