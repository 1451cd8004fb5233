import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { readConfig } from '../../../src/config.js';
import { eventsIn, openEventStore } from '../../../src/event-store-location.js';
import type { StoredEvent } from '../../../src/event-store/event-store.js';
import { chainFault, keyIdsIn, leafHashIn } from '../../../src/ledger/chain.js';
import { openKeyStore } from '../../../src/open-key-store.js';
import { ErasureList } from '../../../src/security/erasure-list.js';
import type { Environment } from '../../../src/settings.js';
import { Caseworker, since } from '../../support/caseworker.js';
import { eventually } from '../../support/eventually.js';
import { startService, type Service } from '../../support/service.js';
import { storesOf } from '../../support/stores.js';
import { STEPS, type Step } from './killed-at.js';

const NAME = 'Zmicier Kazłoŭski';
const PERSONAL = /.{0,60}(?:Zmicier|Kazłoŭ|mother)/;

/** How a process ended, and all that it printed. */
interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
}

/** Runs the program that is killed within an erasure. */
export type Run = (args: readonly string[], env: Environment) => Promise<Ended>;

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
export class Lane {
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

  /** With so many cases for each step. */
  async fill(rounds: number): Promise<void> {
    const steps = Array.from({ length: rounds }, () => STEPS).flat();
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
  async killAll(run: Run): Promise<void> {
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
    this.#expectNothing(await this.#lists());
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
    const paths = ['', '?asOf=2020-03-01', `?knownAt=${settled}`, '/events', '/replay', '/similar'];
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
