import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { v7 as uuid } from 'uuid';
import { CASE_UPCASTERS } from '../src/cases/upcasters.js';
import { LawBook } from '../src/cases/law-book.js';
import { GetCase, GetCaseHandler } from '../src/cases/queries/get-case.js';
import { CaseHistories } from '../src/cases/case-history.js';
import { Freshness } from '../src/cases/queries/freshness.js';
import { SystemClock } from '../src/clock.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { Ledger } from '../src/ledger/ledger.js';
import { Upcasting } from '../src/ledger/upcasting.js';
import { createLog } from '../src/log.js';
import { ReadSide } from '../src/read-side.js';
import { Shutdown } from '../src/shutdown.js';
import { plainLoop } from './rebuild-loop.js';
import { ordinaryCase } from './rebuild-facts.js';

export interface RebuildFigures {
  facts: number;
  /** Facts a second. */
  loop: number;
  rebuild: number;
  /** Of the rebuild's whole process. */
  peakMegabytes: number;
  /** How long `GetCase` took while the rebuild was going on, in milliseconds. */
  answers: { asked: number; median: number; slowest: number };
}

/**
 * Rebuilds the cases' read model from a store of its own, in a thread beside the one that answers, as the service does; and lets a
 * plain loop read the same events. Each runs in a process of its own, the loop first.
 */
export async function measureRebuild(cases: number): Promise<RebuildFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'habeas-rebuild-'));
  try {
    await run('fill', folder, cases);
    const loop = await run<{ perSecond: number }>('loop', folder, cases);
    const rebuild = await run<Omit<RebuildFigures, 'facts' | 'loop'>>('rebuild', folder, cases);
    return { facts: cases * 10, loop: loop.perSecond, ...rebuild };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const STEPS = { fill, loop, rebuild };

async function run<Result>(step: keyof typeof STEPS, folder: string, cases: number): Promise<Result> {
  const args = [fileURLToPath(import.meta.url), step, folder, String(cases)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout) as Result;
}

async function fill(folder: string, cases: number): Promise<object> {
  const store = new SqliteEventStore({ folder });
  const ledger = new Ledger(store, new Upcasting(CASE_UPCASTERS));
  const envelope = {
    recordedAt: '2020-07-01T00:00:00.000Z',
    recordedBy: 'bench',
    correlationId: uuid(),
    causationId: uuid(),
  };
  const AT_ONCE = 500;
  for (let from = 0; from < cases; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, cases - from) }, (_, n) => from + n);
    await Promise.all(
      some.map((n) => ledger.append(`case-${uuid()}`, ordinaryCase(n), envelope, 'no_stream')),
    );
  }
  await store.close();
  return {};
}

async function loop(folder: string): Promise<object> {
  const began = performance.now();
  const events = plainLoop(folder);
  return { perSecond: perSecond(events, began) };
}

async function rebuild(folder: string, cases: number): Promise<object> {
  const clock = new SystemClock('Europe/Minsk');
  const log = createLog({ logLevel: 'silent' });
  const shutdown = new Shutdown(log);
  const store = new SqliteEventStore({ folder });
  shutdown.during('close stores', () => store.close());
  const ledger = new Ledger(store, new Upcasting(CASE_UPCASTERS));
  const config = { dataDir: folder, roles: new Set(['api', 'projector'] as const) };
  const side = await ReadSide.open({ config, store, ledger, clock, log, shutdown, timeZone: 'Europe/Minsk' });
  const status = async () => (await side.projections.status()).at(0);
  while (((await status())?.lag.events ?? 1) > 0) await pause(100);

  const ids: string[] = [];
  for await (const batch of store.readAll(undefined)) {
    ids.push(
      ...batch.filter(({ revision }) => revision === 0).map(({ stream }) => stream.slice('case-'.length)),
    );
    if (ids.length >= 1000) break;
  }
  const handler = new GetCaseHandler(
    side.records,
    new CaseHistories(ledger),
    new Freshness(side.projections),
    clock,
    LawBook.of('BY'),
  );
  const took: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  await side.projections.requestRebuild('cases');
  do {
    const asked = performance.now();
    await handler.execute(
      new GetCase({ caseId: ids[took.length % ids.length] ?? '', viewer: { roles: ['caseworker'] } }),
    );
    took.push(performance.now() - asked);
    await pause(20);
  } while ((await status())?.rebuild !== null);
  const rate = perSecond(cases * 10, began);
  const used = process.cpuUsage(cpu);
  await shutdown.run();
  took.sort((a, b) => a - b);
  return {
    rebuild: rate,
    cpuMicrosecondsPerFact: Math.round((used.user + used.system) / cases / 10),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    answers: { asked: took.length, median: took.at(took.length / 2) ?? 0, slowest: took.at(-1) ?? 0 },
  };
}

const perSecond = (count: number, began: number): number =>
  Math.round((count * 1000) / (performance.now() - began));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const [, file = '', step, folder = '', cases = ''] = process.argv;
if (existsSync(file) && file === fileURLToPath(import.meta.url)) {
  const known = Object.keys(STEPS).find((name): name is keyof typeof STEPS => name === step);
  const figures = known
    ? await STEPS[known](folder, Number(cases))
    : await measureRebuild(Number(step ?? 100_000));
  console.log(JSON.stringify(figures));
}
