import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { habeas } from '../../src/cli/habeas.js';
import { leafHashIn } from '../../src/ledger/chain.js';
import { openLogDatabase, openNotary, prepareLogDatabase, logIn } from '../../src/notary.js';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import { signerOf } from '../../src/transparency/notary/notary-key.js';
import type { NotaryNews } from '../../src/transparency/notary/notary.js';
import { checkpointIn, contradicting } from '../faults/support/signed-notes.js';
import { freshFile } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { quietTerminal } from '../support/quiet-terminal.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';
import { everything } from '../support/store-events.js';
import { Notarised } from './support/notarised.js';

const SEED = Buffer.alloc(32, 7);

describe('two notaries beside each other on PostgreSQL', () => {
  let place: FreshPostgres;
  /** For its store only. */
  let events: Notarised;
  let keyFile: string;
  let notaries: ReturnType<typeof notary>[];

  beforeEach(async () => {
    place = await freshPostgres();
    events = await Notarised.on(await freshFile());
    keyFile = join(events.folder, 'notary.key');
    writeFileSync(keyFile, SEED, { mode: 0o600 });
    await prepareLogDatabase(logIn(config()));
    notaries = [];
  });
  afterEach(async () => {
    await Promise.all(notaries.map(({ stop }) => stop()));
    await events.remove();
    await place.drop();
  });

  const config = () => ({ dataDir: events.folder, databaseUrl: place.url, notaryKeyFile: keyFile });

  function notary() {
    const news: NotaryNews[] = [];
    const { store, clock } = events;
    const opened = openNotary({ config: config(), store, clock, tell: (one) => void news.push(one) });
    return { news, ...opened };
  }
  const start = () => {
    const one = notary();
    notaries.push(one);
    one.start();
    return one;
  };
  const covered = (by?: ReturnType<typeof notary>) =>
    eventually(() => {
      const news = by ? by.news : notaries.flatMap((one) => one.news);
      expect(news).toContainEqual({ kind: 'signed', size: events.size });
    });
  const sessions = () =>
    place.ask<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and application_name = 'habeas lock'",
    );

  it('sign one log, one after the other, whichever is stopped or cut off', async () => {
    await events.record(3);
    const one = start();
    await covered(one);
    const two = start();
    await eventually(async () => expect(await sessions()).toHaveLength(2));
    await one.stop();
    await events.record(2);
    await covered(two);

    const three = start();
    await eventually(async () => expect(await sessions()).toHaveLength(2));
    await Promise.all((await sessions()).map(({ pid }) => place.ask('select pg_terminate_backend($1)', pid)));
    await events.record(2);
    await covered();
    await Promise.all([two.stop(), three.stop()]);

    expect(notaries.flatMap(({ news }) => news).filter(({ kind }) => kind === 'refused')).toEqual([]);
    const database = openLogDatabase(logIn(config()));
    const shown = await database.selectFrom('tlogCheckpoint').select('note').execute();
    const checkpoint = await new LogReader(database).checkpoint();
    await database.destroy();
    const leaves = (await everything(events.store)).map((event) =>
      Buffer.from(leafHashIn(event), 'base64url'),
    );
    const notes = shown.map(({ note }) => checkpointIn(note, signerOf(SEED).key));
    expect(notes.map(({ size }) => size)).toEqual(expect.arrayContaining([0, 3, 5, 7]));
    expect(contradicting(notes, leaves)).toEqual([]);
    expect(checkpoint).toMatchObject({ size: 7 });
  });

  it('are not helped by a new log while one is at work', async () => {
    await events.record(1);
    await covered(start());
    const said: string[] = [];
    const code = await habeas(
      ['notary', 'fork', '--reason', 'a disk was lost'],
      quietTerminal({
        out: (text) => void said.push(text),
        say: (text) => void said.push(text),
        env: {
          HABEAS_DATA: join(events.folder, 'data'),
          HABEAS_NOTARY_KEY_FILE: keyFile,
          DATABASE_URL: place.url,
        },
      }),
    );
    expect([code, said]).toEqual([1, [expect.stringContaining('A notary is at work')]]);
    const database = openLogDatabase(logIn(config()));
    expect(await new LogReader(database).logs()).toHaveLength(1);
    await database.destroy();
  });
});
