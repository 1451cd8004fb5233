import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { eventsIn, openEventStore } from '../../src/event-store-location.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { chainFault, keyIdsIn, leafHashIn } from '../../src/ledger/chain.js';
import { openKeyStore } from '../../src/open-key-store.js';
import { ErasureList } from '../../src/security/erasure-list.js';
import type { Environment } from '../../src/settings.js';
import { STEPS, type Step } from '../faults/support/killed-at.js';
import { Caseworker, since } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { buildProgram, copyData } from '../support/program.js';
import { startService, type Service } from '../support/service.js';
import { storesOf } from '../support/stores.js';

const LONG = 600_000;
const NAME = 'Zmicier Kazłoŭski';
const PERSONAL = /.{0,60}(?:Zmicier|Kazłoŭ|mother)/;

/** Two installations side by side, and on each so many cases for each step. */
const [LANES, ROUNDS] = globalThis.STORES === 'elsewhere' ? [1, 1] : [2, 5];

let program: string;
let programFolder: string;
beforeAll(async () => {
  programFolder = await mkdtemp(join(tmpdir(), 'habeas-erasing-'));
  program = await buildProgram('test/faults/programs/erase-until-killed.ts', programFolder);
  await copyData(programFolder);
  // What is killed keeps nothing of what it has compiled.
  expect(await run([], {})).toMatchObject({ code: 0 });
}, LONG);
afterAll(() => rm(programFolder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
}

async function run(args: readonly string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_COMPILE_CACHE: join(programFolder, 'compiled'), ...env },
    // A step that is never reached is to be told, not waited for.
    timeout: 60_000,
    killSignal: 'SIGTERM',
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, out };
}

/** One case, to be killed at a step of its erasure, and what it was before. */
interface Doomed {
  caseId: string;
  step: Step;
  figures: object;
  events: StoredEvent[];
}

/** What stands in the three places when the process was killed there. */
const STATE: Record<Step, { listed: boolean; keyIsThere: boolean; certified: boolean }> = {
  'before the list': { listed: false, keyIsThere: true, certified: false },
  'after the list': { listed: true, keyIsThere: true, certified: false },
  'before the key': { listed: true, keyIsThere: true, certified: false },
  'after the key': { listed: true, keyIsThere: false, certified: false },
  'before the certificate': { listed: true, keyIsThere: false, certified: false },
  'after the certificate': { listed: true, keyIsThere: false, certified: true },
};

/** An installation whose processes are killed one after the other. */
class Lane {
  readonly cases: Doomed[] = [];
  readonly #list: ErasureList;

  private constructor(
    readonly folder: string,
    private readonly env: Environment,
    private service: Service,
    private caseworker: Caseworker,
  ) {
    this.#list = new ErasureList(join(folder, 'erasures.ndjson'));
  }

  static async make(): Promise<Lane> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-killed-'));
    const env = {
      HABEAS_DATA: join(folder, 'data'),
      HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
      ...(await storesOf(folder)),
    };
    const service = await startService({ folder });
    return new Lane(folder, env, service, await Caseworker.of(service));
  }

  async fill(): Promise<void> {
    const steps = Array.from({ length: ROUNDS }, () => STEPS).flat();
    for (const step of steps) {
      const { caseId } = await this.caseworker.openServing(NAME);
      await this.caseworker.record(`/${caseId}/notes`, { text: `his mother says: ${NAME}` });
      const asked = await this.caseworker.record(`/${caseId}/erasures`, { reason: `${NAME} asks for it` });
      this.cases.push({ caseId, step, figures: await this.#figures(caseId, asked.position), events: [] });
    }
    await this.service.close();
    for (const one of this.cases) one.events = (await this.#stored(one.caseId)).events;
  }

  /** Each process first sees to what the one before it has left. */
  async killAll(): Promise<void> {
    let before = '';
    for (const { caseId, step } of this.cases) {
      const ended = await run([before, caseId, step], this.env);
      expect({ step, ...ended }).toMatchObject({ step, signal: 'SIGKILL' });
      if (before !== '') expect(await this.#stateOf(before)).toEqual(STATE['after the certificate']);
      expect({ step, ...(await this.#stateOf(caseId)) }).toEqual({ step, ...STATE[step] });
      before = caseId;
    }
  }

  async examine(): Promise<void> {
    const settled = new Date().toISOString();
    this.service = await startService({ folder: this.folder });
    this.caseworker = this.caseworker.at(this.service);
    for (const { caseId } of this.cases)
      await eventually(async () => expect((await this.#stateOf(caseId)).certified).toBe(true));
    await eventually(() => Date.now() - Date.parse(settled) > 5_000);
    for (const one of this.cases) await this.#examineCase(one, settled);
    await this.#expectNothing(await this.#lists());
    const listed = this.#list.readOwn().map(({ caseId }) => caseId);
    expect(listed.toSorted()).toEqual(this.cases.map(({ caseId }) => caseId).toSorted());
    await this.service.close();
  }

  async #examineCase({ caseId, figures, events: before }: Doomed, settled: string): Promise<void> {
    const { events } = await this.#stored(caseId);
    expect(events.slice(0, before.length)).toEqual(before);
    const later = events.slice(before.length).map(({ type }) => type);
    expect(later).toEqual(['SubjectErasureStarted', 'SubjectErased']);
    let prev: string | null = null;
    for (const event of events) {
      expect(chainFault(event, prev)).toBeUndefined();
      prev = leafHashIn(event);
    }
    expect(await this.#figures(caseId, events.at(-1)!.position)).toEqual(figures);
    const paths = ['', '?asOf=2020-03-01', `?knownAt=${settled}`, '/events', '/similar'];
    const answers = await Promise.all(paths.map((path) => this.caseworker.get(`/v1/cases/${caseId}${path}`)));
    this.#expectNothing(answers);
  }

  async #lists(): Promise<{ status: number; text: string }[]> {
    const key = await this.service.keyFor('auditor');
    const byName = `/v1/cases?name=${encodeURIComponent(NAME)}`;
    await eventually(async () => {
      const { body } = await this.caseworker.get<{ items: object[] }>(byName);
      expect(body.items).toEqual([]);
    });
    const ours = [
      byName,
      '/v1/cases?limit=200',
      '/v1/hearings?from=2000-01-01',
      '/v1/releases/expected?from=2000-01-01',
    ];
    const theirs = ['/v1/cases?limit=200', '/v1/events', '/v1/access-log?limit=200'];
    return Promise.all([
      ...ours.map((path) => this.caseworker.get(path)),
      ...theirs.map((path) => this.service.request('GET', path, { key })),
      this.service.request('GET', '/v1/erasures?state=erased'),
    ]);
  }

  #expectNothing(answers: readonly { status: number; text: string }[]): void {
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    // Not matched as a whole: a failure would print it all.
    for (const { text } of answers) expect(PERSONAL.exec(text)?.[0]).toBeUndefined();
  }

  async #figures(caseId: string, position: string): Promise<object> {
    const path = `/v1/cases/${caseId}?asOf=2020-03-01&${since(position)}`;
    const { totals, custody } = (await this.caseworker.get(path)).body;
    expect([totals, custody]).not.toContain(undefined);
    return { totals, custody };
  }

  async #stateOf(caseId: string): Promise<(typeof STATE)[Step]> {
    const { events, keyIsThere } = await this.#stored(caseId);
    return {
      listed: this.#list.readOwn().some((erasure) => erasure.caseId === caseId),
      keyIsThere,
      certified: events.some(({ type }) => type === 'SubjectErased'),
    };
  }

  /** Past every process. */
  async #stored(caseId: string): Promise<{ events: StoredEvent[]; keyIsThere: boolean }> {
    const config = readConfig(this.env);
    const store = openEventStore(eventsIn(config), { access: 'read' });
    const keys = await openKeyStore(config);
    try {
      const events = await store.read(`case-${caseId}`);
      const found = await keys.find(events.flatMap(keyIdsIn));
      return { events, keyIsThere: [...found.values()].some((key) => key !== 'destroyed') };
    } finally {
      await store.close();
      await keys.close();
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

it(
  `a process killed at each step of an erasure, ${LANES * ROUNDS} times each, leaves what the next one completes`,
  async () => {
    const lanes = await Promise.all(Array.from({ length: LANES }, () => Lane.make()));
    await Promise.all(lanes.map((lane) => lane.fill()));
    await Promise.all(lanes.map((lane) => lane.killAll()));
    for (const lane of lanes) await lane.examine();
    await Promise.all(lanes.map((lane) => lane.remove()));
  },
  LONG,
);
