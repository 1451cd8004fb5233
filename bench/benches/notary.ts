import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { SystemClock } from '../../src/clock.js';
import { bundleText } from '../../src/evidence/bundle.js';
import { bundleOf } from '../../src/evidence/bundle-of.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { LogReader } from '../../src/transparency/log/log-reader.js';
import { Notary, type NotaryNews } from '../../src/transparency/notary/notary.js';
import { median, percentile } from '../harness/figure.js';
import { runBench, say } from '../harness/program.js';
import { dataOf } from '../harness/service.js';
import { ENVELOPE } from '../work/facts-to-append.js';
import { inHalves } from '../work/in-halves.js';
import { KeysInMemory } from '../work/keys-in-memory.js';
import { CheckpointLag } from '../work/checkpoint-lag.js';
import { loggedStore, type LoggedStore } from '../work/logged-store.js';
import { ordinaryCase } from '../rebuild-facts.js';

const PER_SECOND = 500;
const TICK_MS = 20;
const CASE_EVENTS = 500;

await runBench(async ({ folder, rounds, events, seconds }) => {
  const logged = await loggedStore(folder, dataOf(folder), events);
  const lag = new CheckpointLag(events);
  const end = new AbortController();
  const { store, database, signer, memory } = logged;
  const tell = (news: NotaryNews): void => {
    if (news.kind === 'signed') lag.signed(news.size);
    else throw new Error(`the notary is in trouble`, { cause: news });
  };
  const notary = new Notary({ store, database, signer, memory, clock: new SystemClock('UTC'), tell });
  const ended = notary.run(end.signal);
  const ledger = new Ledger(store, new Upcasting([]), new KeysInMemory());
  await appendFor(rounds * seconds, ledger, lag);
  const stream = await longCase(ledger, lag);
  await lag.over();
  end.abort();
  await ended;
  const exports = await exportTimes(rounds, stream, logged);
  await logged.close();
  return [
    {
      what: `append until a checkpoint covers it, ${PER_SECOND} appends/s, median`,
      unit: 'ms',
      product: [median(lag.times)],
    },
    {
      what: 'the longest of the same',
      unit: 'ms',
      product: [percentile(lag.times, 1)],
      target: { below: 2_000 },
    },
    {
      what: `evidence file of a case of ${CASE_EVENTS} events, in a log of ${events.toLocaleString('en')}`,
      unit: 'ms',
      product: exports,
      target: { below: 1_000 },
    },
  ];
});

/** As many appends as belong to the time that has passed, whether the ones before are answered or not. */
async function appendFor(seconds: number, ledger: Ledger, lag: CheckpointLag): Promise<void> {
  const began = performance.now();
  const appends: Promise<void>[] = [];
  while (performance.now() - began < seconds * 1000) {
    const due = ((performance.now() - began) / 1000) * PER_SECOND;
    while (appends.length < due) appends.push(openCase(appends.length, ledger, lag));
    await pause(TICK_MS);
  }
  await Promise.all(appends);
  say(`${appends.length} appends in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function openCase(n: number, ledger: Ledger, lag: CheckpointLag): Promise<void> {
  await ledger.append(`case-${v7()}`, ordinaryCase(n).slice(0, 1).map(inHalves), ENVELOPE, 'no_stream');
  lag.appended();
}

async function longCase(ledger: Ledger, lag: CheckpointLag): Promise<string> {
  const stream = `case-${v7()}`;
  for (let revision = 0; revision < CASE_EVENTS; revision++) {
    const [fact] = ordinaryCase(revision).slice(revision % 10);
    await ledger.append(
      stream,
      fact ? [inHalves(fact)] : [],
      ENVELOPE,
      revision === 0 ? 'no_stream' : revision - 1,
    );
    lag.appended();
  }
  return stream;
}

/** Reading, proofs and text; what is recorded before, and the wait for a checkpoint, are measured above. */
async function exportTimes(rounds: number, stream: string, logged: LoggedStore): Promise<number[]> {
  const times: number[] = [];
  const sources = { store: logged.store, log: new LogReader(logged.database), key: logged.signer.key };
  const asked = { caseId: stream.slice('case-'.length), merged: [], revision: CASE_EVENTS - 1 };
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now();
    const bundle = await bundleOf(sources, asked);
    if (!bundle) throw new Error('the case is not covered by a checkpoint');
    const bytes = Buffer.byteLength(bundleText(bundle));
    if (round > 0) times.push(performance.now() - began);
    say(`export ${round}: ${(performance.now() - began).toFixed(1)} ms, ${Math.round(bytes / 1000)} kB`);
  }
  return times;
}
