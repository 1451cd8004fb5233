import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, since, type Recorded } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { seededRandom } from '../support/random.js';
import { facts } from '../support/store-events.js';
import { caseCourse } from './support/case-course.js';
import { CUT_KINDS, cutLine, type CutKind } from './support/connection-cut.js';
import { drawCuts, tallyOf } from './support/cut-plan.js';
import { expected } from './support/examination.js';
import { FeedFollower } from './support/feed-follower.js';
import type { Line } from './support/line.js';
import { PersistentCaller } from './support/persistent-caller.js';
import { faultsInFeed, faultsInLog, type Acknowledged } from './support/recorded-once.js';
import { SeveralServices } from './support/several-services.js';

const SEED = 11;
const CUTS = 300;
const SERVICES = 4;
const CALLERS = 16;
/** No command goes by the line of the projector: of the kinds that hit one it gets none. */
const CUTS_OF_PROJECTOR = 16;
const KINDS_OF_PROJECTOR: readonly CutKind[] = ['in mid stream', 'half-open', 'stalled'];
/** The most it may take until what follows has got over a cut. */
const RESUMED_WITHIN_MS = 30_000;
const THOUGHT_MS = 200;
const PATIENCE_MS = { least: 2_000, most: 8_000 };
/** One cut in so many comes before the one before it has been got over. */
const HASTY = 4;
const DAY = '2020-02-07';
const LONG = 900_000;

const random = seededRandom(SEED);
const plans: CutKind[][] = [
  ...Array.from({ length: SERVICES }, () =>
    drawCuts((CUTS - CUTS_OF_PROJECTOR) / SERVICES, CUT_KINDS, random),
  ),
  drawCuts(CUTS_OF_PROJECTOR, KINDS_OF_PROJECTOR, random),
];
const planned = tallyOf(plans.flat());
const told = CUT_KINDS.map((kind) => `${planned[kind]} ${kind}`).join(', ');

describe(`${CALLERS} callers at ${SERVICES} services, whose connections to the event store are cut ${CUTS} times (seed ${SEED}: ${told})`, () => {
  let several: SeveralServices;
  let caseworkers: Caseworker[];
  let followers: FeedFollower[] = [];
  const acknowledged: Acknowledged[] = [];
  const instead: string[] = [];
  let newest = '';

  const callerAt = (place: number): PersistentCaller =>
    new PersistentCaller({
      name: `caller ${place}`,
      at: inTurnFrom(place, caseworkers),
      acknowledged: (command, { position }) => {
        acknowledged.push(command);
        if (position > newest) newest = position;
      },
      patience: () => PATIENCE_MS.least + random() * (PATIENCE_MS.most - PATIENCE_MS.least),
    });

  beforeAll(async () => {
    several = await SeveralServices.start(SERVICES);
    const [first, ...others] = several.members.map(({ service }) => service);
    const one = await Caseworker.of(first!);
    caseworkers = [one, ...others.map((service) => one.at(service))];
    const key = await first!.keyFor('reporter');
    followers = several.members.map(({ service }) => new FeedFollower(service.url, key));
  }, LONG);
  afterAll(async () => {
    await Promise.all(followers.map((follower) => follower.stop()));
    await several?.stop();
  }, LONG);

  /** Until the work is over, and every command is answered. */
  async function work(place: number, sharedCaseId: string, over: AbortSignal): Promise<void> {
    const caller = callerAt(place);
    const course = caseCourse(sharedCaseId);
    let { value: command } = course.next();
    while (!over.aborted) {
      const answer = await caller.record(command);
      command = course.next(answer).value;
      await pause(random() * THOUGHT_MS);
    }
    instead.push(...caller.instead);
  }

  /** Whoever follows by this line has come to what was recorded after the cut. */
  async function resumed(line: Line): Promise<void> {
    const then = newest;
    const follower = followers[several.members.findIndex((member) => member.line === line)];
    if (follower) {
      await eventually(() => follower.position > then || pause(1, false), RESUMED_WITHIN_MS);
      return;
    }
    await eventually(async () => {
      const { status } = await caseworkers[0]!.get(`/v1/cases?limit=1&${since(then)}`);
      expect(status).toBe(200);
    }, RESUMED_WITHIN_MS);
  }

  async function cutAllAlong(line: Line, plan: readonly CutKind[], hit: CutKind[]): Promise<void> {
    for (const kind of plan) {
      await cutLine(line, kind, random);
      hit.push(kind);
      if (random() * HASTY >= 1) await resumed(line);
    }
    await resumed(line);
  }

  it(
    'loses nothing and doubles nothing',
    async () => {
      const shared: Recorded[] = [];
      const opening = { person: { names: [{ form: 'Shared' }], roles: [] } };
      for (let n = 0; n < SERVICES; n += 1) {
        shared.push(await callerAt(100 + n).record({ path: '', body: opening }));
      }
      const over = new AbortController();
      const hit: CutKind[] = [];
      const cutting = Promise.all(several.lines.map((line, n) => cutAllAlong(line, plans[n] ?? [], hit)));
      const working = Array.from({ length: CALLERS }, (_, n) =>
        // Those who share a case are at different services.
        work(n, shared[Math.floor(n / SERVICES) % SERVICES]!.caseId, over.signal),
      );
      await Promise.all([cutting.finally(() => over.abort()), ...working]);
      expect(tallyOf(hit)).toEqual(planned);
      expect(Object.values(planned).every((times) => times > 0)).toBe(true);
      // Some were repeated, or nothing of this was of any use.
      expect(instead.length).toBeGreaterThan(0);

      await seeLogAndFeeds();
      await resumed(several.projectorLine);
      await seeReadModel();
    },
    LONG,
  );

  async function seeLogAndFeeds(): Promise<void> {
    const store = several.lines[0]!.openStoreNearby();
    const log = await facts(store);
    await store.close();
    expect(faultsInLog(acknowledged, log)).toEqual([]);
    const eventIds = log.map(({ eventId }) => eventId);
    for (const follower of followers) {
      await eventually(() => follower.position >= newest || pause(1, false), RESUMED_WITHIN_MS);
      expect(faultsInFeed(follower.eventIds, eventIds)).toEqual([]);
    }
  }

  /** Every case, in the list, says what follows from its own events. */
  async function seeReadModel(): Promise<void> {
    const caseworker = caseworkers[0]!;
    const listed = new Map<string, unknown>();
    for (let page = `&${since(newest)}`; page !== '';) {
      const { body } = await caseworker.get<{ items: { caseId: string }[]; next: string | null }>(
        `/v1/cases?asOf=${DAY}&limit=200${page}`,
      );
      for (const item of body.items) listed.set(item.caseId, item);
      page = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    }
    const caseIds = new Set(acknowledged.map(({ answer }) => answer.caseId));
    expect(listed.size).toBe(caseIds.size);
    for (const caseId of caseIds) {
      expect(listed.get(caseId)).toMatchObject(expected(caseId, await caseworker.history(caseId), DAY));
    }
    const parked = await several.members[0]!.service.request<{ items: unknown[] }>('GET', '/v1/parked');
    expect(parked.body.items).toEqual([]);
  }
});

function inTurnFrom(place: number, all: readonly Caseworker[]): [Caseworker, ...Caseworker[]] {
  const from = place % all.length;
  const [first, ...others] = [...all.slice(from), ...all.slice(0, from)];
  if (!first) throw new Error('nobody is there');
  return [first, ...others];
}
