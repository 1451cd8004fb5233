import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseSync } from 'node:sqlite';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import { DailyVerification } from '../../src/transparency/notary/daily-verification.js';
import { forkLog } from '../../src/transparency/notary/fork.js';
import type { NotaryNews } from '../../src/transparency/notary/notary.js';
import { verifyWhole, type Found } from '../../src/transparency/notary/verification.js';
import { noteKey, readVerifierLine } from '../../src/transparency/note/note-keys.js';
import { openNote } from '../../src/transparency/note/signed-note.js';
import { freshFile } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { Notarised } from './support/notarised.js';

let notarised: Notarised;
beforeEach(async () => {
  notarised = await Notarised.on(await freshFile());
});
afterEach(() => notarised.remove());

/** Signed, and stopped. */
async function signed(count: number): Promise<string> {
  const stream = await notarised.record(count);
  notarised.start();
  await notarised.covered();
  await notarised.stop();
  return stream;
}

function verified(): Promise<Found | undefined> {
  const { store, database, signer, memory } = notarised;
  const reader = new LogReader(database);
  return verifyWhole({ store, reader, signer, memory }, new AbortController().signal);
}

describe('the whole store, read again,', () => {
  it('is what was signed, whatever came after that', async () => {
    expect(await verified()).toBeUndefined();
    const stream = await signed(300);
    await notarised.record(3, stream);
    expect(await verified()).toEqual({ log: 1, size: 300, reason: undefined, fault: undefined });
  });

  const spoilt = (sql: string) => (events: DatabaseSync) => events.exec(sql);
  it.each([
    ['changed', `update events set payload = replace(payload, '"v":1', '"v":2') where position = 6`, 5],
    ['deleted', 'delete from events where position = 6', 5],
    ['cut off', 'delete from events where position > 290', 290],
    [
      'put elsewhere',
      `update events set metadata = (select metadata from events e where e.position = 8) where position = 6`,
      5,
    ],
  ])('shows the first event that was %s, however long ago it was signed', async (_, sql, leaf) => {
    const stream = await signed(300);
    await notarised.alter(spoilt(sql));
    const found = await verified();
    expect(found).toMatchObject({ size: 300, fault: { leaf } });
    if (leaf < 290) expect(found?.fault?.event).toMatchObject({ stream });
  });

  it('shows a history that was written anew together with the tables of the log', async () => {
    await signed(300);
    const other = await Notarised.on(await freshFile());
    try {
      await other.record(300);
      other.start();
      await other.covered();
      await other.stop();
      const { store, database } = other;
      const { signer, memory } = notarised;
      const whole = { store, reader: new LogReader(database), signer, memory };
      expect(await verifyWhole(whole, new AbortController().signal)).toMatchObject({
        reason: 'the leaves from here on are not those that were signed',
        fault: { leaf: 0 },
      });
    } finally {
      await other.remove();
    }
  });

  it('is not read any further when the role ends', async () => {
    await signed(5);
    const { store, database, signer, memory } = notarised;
    const whole = { store, reader: new LogReader(database), signer, memory };
    await expect(verifyWhole(whole, AbortSignal.abort('ended'))).rejects.toBe('ended');
  });
});

describe('once a day', () => {
  let end: AbortController;
  let running: Promise<void>;
  afterEach(async () => {
    end.abort();
    await running;
  });

  const begin = (): void => {
    end = new AbortController();
    const { clock, store, database, signer, memory, news } = notarised;
    const parts = { store, database, signer, memory, clock, tell: (one: NotaryNews) => void news.push(one) };
    running = new DailyVerification(parts, { everyMs: 86_400_000, lookMs: 1 }).run(end.signal);
  };
  const finding = () =>
    eventually(async () => {
      const found = await new LogReader(notarised.database).findings();
      const last = found.find(({ kind }) => kind === 'verification');
      if (!last) throw new Error('nothing was found yet');
      return last;
    });
  const times = () => notarised.news.filter(({ kind }) => kind === 'verified').length;

  it('it is done, and no second time on that day, not even after a restart', async () => {
    await signed(4);
    begin();
    expect(await finding()).toMatchObject({ size: 4, fault: null, leaf: null });
    end.abort();
    await running;
    begin();
    notarised.clock.forward(23 * 3_600);
    await eventually(() => times() === 1);
    notarised.clock.forward(3_600);
    await eventually(() => times() === 2);
    expect(notarised.news.at(-1)).toMatchObject({ kind: 'verified', size: 4, reason: undefined });
  });

  it('it is done at once where the last time is still to come: a clock that was put right does not end it', async () => {
    await signed(4);
    begin();
    await eventually(() => times() === 1);
    notarised.clock.forward(-30 * 86_400);
    await eventually(() => times() === 2);
  });

  it('what is wrong is told and kept, with the first bad event', async () => {
    const stream = await signed(4);
    await notarised.alter((events) => events.exec(`update events set payload = '{}' where position = 2`));
    begin();
    expect(await finding()).toMatchObject({
      fault: 'its payload has another digest',
      leaf: 1,
      stream,
      revision: 1,
    });
    expect(notarised.news.at(-1)).toMatchObject({ kind: 'verified', fault: { leaf: 1 } });
  });
});

describe('after a restore, `fork`', () => {
  const fork = (): Promise<string> => forkLog(notarised, 'a disk was lost');

  it('begins a log of another name, which is signed empty and grows from there', async () => {
    await signed(4);
    const [before] = await new LogReader(notarised.database).logs();
    // The state before the last three events were recorded, and before they were logged.
    await notarised.alter((events) => events.exec('delete from events where position > 1'));
    await notarised.database.updateTable('tlog').set({ size: 0, position: null }).execute();
    notarised.start();
    expect(await notarised.refusal()).toMatch(/shorter than the one that was signed last/);
    await notarised.stop();

    const origin = await fork();
    const reader = new LogReader(notarised.database);
    const { note, size } = (await reader.checkpoint())!;
    expect(size).toBe(0);
    expect(openNote(note, [notarised.key])).toMatchObject({
      kind: 'signed',
      text: expect.stringContaining(origin),
    });
    expect(await reader.logs()).toMatchObject([{ origin, reason: 'a disk was lost' }, before]);

    notarised.news.length = 0;
    notarised.start();
    await eventually(() => expect(notarised.news).toContainEqual({ kind: 'signed', size: 1 }), 20_000);
    const [finding] = await reader.findings();
    expect(finding).toMatchObject({ kind: 'signing', fault: null });
  });

  it('begins one for another key, too, when the old one is lost', async () => {
    await signed(2);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const signer = { key: noteKey('another', publicKey), privateKey };
    const { database, memory, clock } = notarised;
    await forkLog({ database, memory, clock, signer }, 'the key was lost');
    notarised.news.length = 0;
    notarised.start(signer);
    await notarised.covered();
    const [present] = await new LogReader(database).logs();
    expect(readVerifierLine(present!.verifier)?.name).toBe('another');
  });

  it('that was cut off leaves a log that is not signed, until it is done again', async () => {
    await signed(2);
    const { memory } = notarised;
    const remembered = memory.read()!;
    await fork();
    memory.write(remembered);
    notarised.start();
    expect(await notarised.refusal()).toMatch(/another log was signed last/);
    await notarised.stop();
    notarised.clock.forward(1);
    await fork();
    notarised.news.length = 0;
    notarised.start();
    await notarised.covered();
  });
});
