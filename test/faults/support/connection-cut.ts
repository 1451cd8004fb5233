import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Direction } from '../../support/tcp-proxy.js';
import type { Line } from './line.js';

export const CUT_KINDS = [
  'before it arrives',
  'before the reply',
  'in mid stream',
  'half-open',
  'stalled',
] as const;

export type CutKind = (typeof CUT_KINDS)[number];

const STALL_MS = 5_000;
/** A command asks with some 250 bytes what is recorded of its case, and has some 700 appended. */
const AMID_AN_APPEND = { least: 400, most: 800 };
/** A few events. */
const AMID_REPLIES = { least: 1, most: 4_000 };
/** Something is always on its way; how long it takes until it is depends on the machine. */
const WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 2;

const LOSING: readonly (readonly Direction[])[] = [['requests'], ['replies'], ['requests', 'replies']];

/**
 * Cuts the line when it hits somebody: begins at once and waits for what it is to hit. When it resolves, new connections are taken
 * and pass everything on. Rejects if there was nothing to hit.
 */
export async function cutLine(line: Line, kind: CutKind, random: () => number): Promise<void> {
  const { proxy } = line;
  const { cut, spoilt } = proxy.damage;
  await CUTS[kind](line, random);
  proxy.heal();
  if (kind === 'stalled') return;
  const after = proxy.damage;
  if (after.cut + after.spoilt === cut + spoilt) throw new Error(`${kind}: nothing was hit`);
}

const CUTS: Record<CutKind, (line: Line, random: () => number) => Promise<unknown>> = {
  'before it arrives': ({ proxy }, random) => proxy.cutAt('requests', among(AMID_AN_APPEND, random)),
  'before the reply': (line) => atNextWrite(line, () => line.proxy.cut()),
  'in mid stream': ({ proxy }, random) => proxy.cutAt('replies', among(AMID_REPLIES, random)),
  // Until whoever uses it has understood and has come by another connection.
  async 'half-open'({ proxy }, random) {
    const { damage, accepted } = proxy;
    proxy.swallow(...LOSING[Math.floor(random() * LOSING.length)]!);
    await until(() => proxy.damage.spoilt > damage.spoilt);
    proxy.heal();
    await until(() => proxy.accepted > accepted);
  },
  async stalled({ proxy }) {
    proxy.hold();
    await until(() => proxy.waiting('requests') + proxy.waiting('replies') > 0);
    await proxy.stall(STALL_MS);
  },
};

const among = ({ least, most }: { least: number; most: number }, random: () => number): number =>
  least + Math.floor(random() * (most - least));

/** Several of these wait side by side for seconds: looking all the time would leave the others little of the machine. */
const until = (check: () => boolean): Promise<unknown> =>
  eventually(async () => check() || pause(LOOK_EVERY_MS, false), WITHIN_MS);

/**
 * Acts when an append has been written that came by this line, before anything can be answered. What comes out of a connection
 * that was cut before does not count.
 */
export function atNextWrite({ node, proxy }: Line, act: () => void): Promise<void> {
  const { appends } = node.traffic;
  return new Promise((done) => {
    const forget = node.data.listen(() => {
      if (node.traffic.appends === appends || proxy.open === 0) return;
      forget();
      act();
      done();
    });
  });
}
