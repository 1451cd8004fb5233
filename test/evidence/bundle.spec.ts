import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleText, type Bundle } from '../../src/evidence/bundle.js';
import { EXIT_CODES, Unproven, type Aspect } from '../../src/evidence/verdict.js';
import { verifyBundle, type Trust } from '../../src/evidence/verify-bundle.js';
import { digestOf, leafHash, leafText } from '../../src/ledger/leaf.js';
import { metadataIn, metadataOf } from '../../src/ledger/stored-metadata.js';
import { hashOfLeaf } from '../../src/transparency/merkle/hashing.js';
import { checkpointText } from '../../src/transparency/note/checkpoint.js';
import { noteKey, verifierLine } from '../../src/transparency/note/note-keys.js';
import { signNote } from '../../src/transparency/note/signed-note.js';
import { freshFile } from '../support/databases.js';
import { Notarised } from '../transparency/support/notarised.js';
import { erase, exported, merge, unmerge } from './support/exporting.js';

/** What the second verifier ends with: it was written from the rules, and shares no code. */
function secondVerdict(text: string, { key, known }: Trust): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'habeas-evidence-'));
  try {
    writeFileSync(join(folder, 'bundle.json'), text);
    if (known !== undefined) writeFileSync(join(folder, 'known'), known);
    const { status } = spawnSync('python3', [
      'test/evidence/verify_bundle.py',
      join(folder, 'bundle.json'),
      ...(key ? ['--key', verifierLine(key)] : []),
      ...(known === undefined ? [] : ['--known', join(folder, 'known')]),
    ]);
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an evidence file', () => {
  let notarised: Notarised;
  let stream: string;
  let other: string;
  /** Of 20 events, the export's own included. */
  let bundle: Bundle;
  /** Of the same case, earlier. */
  let earlier: Bundle;
  let trust: Trust;

  beforeAll(async () => {
    notarised = await Notarised.on(await freshFile());
    stream = await notarised.record(10);
    other = await notarised.record(5);
    notarised.start();
    earlier = await exported(notarised, stream);
    await notarised.record(8, stream);
    bundle = await exported(notarised, stream, { known: earlier.checkpoint });
    trust = { key: notarised.key };
  }, 60_000);
  afterAll(() => notarised.remove());

  /** Which aspect does not hold; undefined if all does. */
  const failingHere = (text: string, trusting = trust): Aspect | undefined => {
    try {
      verifyBundle(text, trusting);
      return undefined;
    } catch (error) {
      if (error instanceof Unproven) return error.aspect;
      throw error;
    }
  };
  /** The same, and both verifiers say so. */
  const failing = (text: string, trusting = trust): Aspect | undefined => {
    const aspect = failingHere(text, trusting);
    expect(secondVerdict(text, trusting)).toBe(aspect === undefined ? 0 : EXIT_CODES[aspect]);
    return aspect;
  };
  /** The same file with something changed, written as files are written. */
  const changed = (change: (copy: Bundle) => void, from = bundle): string => {
    const copy = structuredClone(from);
    change(copy);
    return bundleText(copy);
  };
  const eventsOf = (of: Bundle) => of.streams[0]!.events;

  it('proves a case: to whoever has the key from elsewhere, and with a checkpoint that was kept', () => {
    expect(eventsOf(bundle)).toHaveLength(20);
    const text = bundleText(bundle);
    expect(verifyBundle(text, trust)).toMatchObject({
      caseId: stream.replace('case-', ''),
      events: 20,
      isOriginKnown: true,
      erased: [],
    });
    expect(verifyBundle(text)).toMatchObject({ isOriginKnown: false });
    expect(failing(text, { ...trust, known: earlier.checkpoint })).toBeUndefined();
  });

  it('is not accepted with any byte flipped', () => {
    const bytes = Buffer.from(bundleText(bundle));
    const found = new Set<Aspect>();
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (at % 8);
      const aspect = failingHere(flipped.toString('utf8'));
      expect([at, aspect]).not.toEqual([at, undefined]);
      found.add(aspect!);
    }
    expect([...found].toSorted()).toEqual([
      'chain',
      'consistency',
      'gap',
      'inclusion',
      'manifest',
      'payload',
      'signature',
    ]);
  });

  it.each<[string, Aspect, (copy: Bundle) => void]>([
    ['the tail dropped', 'head', (copy) => eventsOf(copy).pop()],
    ['the tail dropped before the export', 'gap', (copy) => eventsOf(copy).splice(-2, 1)],
    ['an event left out', 'gap', (copy) => eventsOf(copy).splice(5, 1)],
    [
      'two events swapped',
      'gap',
      (copy) => eventsOf(copy).splice(5, 2, ...eventsOf(copy).slice(5, 7).toReversed()),
    ],
    ['an event twice', 'chain', (copy) => eventsOf(copy).splice(5, 0, eventsOf(copy)[5]!)],
    ['another name', 'manifest', (copy) => (copy.caseId = other.replace('case-', ''))],
    ['no event', 'head', (copy) => (copy.streams[0]!.events = [])],
    ['no stream', 'manifest', (copy) => (copy.streams = [])],
    [
      'something behind the leaf of an event',
      'chain',
      (copy) => (eventsOf(copy)[4]!.metadata = eventsOf(copy)[4]!.metadata.replace(/}$/, ',"more":"of it"}')),
    ],
    [
      'another hash behind the leaf of an event, and its own once more',
      'chain',
      (copy) =>
        (eventsOf(copy)[4]!.metadata = eventsOf(copy)[4]!.metadata.replace(
          /"leafHash":("[^"]+")}$/,
          '"leafHash":"another","leafHash" :$1}',
        )),
    ],
    ['a signature of nobody', 'signature', (copy) => (copy.checkpoint += '—  AAAAAAAA\n')],
    ['a signature of two names', 'signature', (copy) => (copy.checkpoint += '— a\u00a0b AAAAAAAA\n')],
    ['a signature that is a key', 'signature', (copy) => (copy.checkpoint += '— a+b AAAAAAAA\n')],
    ['the checkpoint of an earlier file', 'inclusion', (copy) => (copy.checkpoint = earlier.checkpoint)],
  ])('is not accepted with %s', (_, aspect, change) => expect(failing(changed(change))).toBe(aspect));

  it('is not accepted with events of another case in it, or beside it', async () => {
    const theirs = await exported(notarised, other);
    const spliced = changed((copy) => eventsOf(copy).splice(3, 2, ...eventsOf(theirs).slice(3, 5)));
    expect(failing(spliced)).toBe('chain');
    const beside = changed((copy) => void copy.streams.push(theirs.streams[0]!));
    // It stands in the log, and later than the checkpoint of this file.
    expect(failing(beside)).toBe('inclusion');
  });

  it('of an earlier state is not accepted by whoever knows a later checkpoint', () => {
    const text = bundleText(earlier);
    expect(failing(text)).toBeUndefined();
    expect(failing(text, { ...trust, known: bundle.checkpoint })).toBe('consistency');
  });

  it('is not accepted by whoever knows a log that is not in the file, or another one', () => {
    const without = changed((copy) => (copy.known = null));
    expect(failing(without)).toBeUndefined();
    expect(failing(without, { ...trust, known: earlier.checkpoint })).toBe('consistency');
    const forked = signNote(
      checkpointText({ origin: notarised.key.name, size: 11, head: hashOfLeaf('another') }),
      notarised.key,
      notarised.keys.privateKey,
    );
    expect(failing(bundleText(bundle), { ...trust, known: forked })).toBe('consistency');
  });

  /** Every hash that takes no key is made anew after the change, down to the export's own event. */
  function forged(change: (payload: string) => string): Bundle {
    const copy = structuredClone(bundle);
    let prev: string | null = null;
    for (const [n, event] of eventsOf(copy).entries()) {
      const { leaf } = metadataIn(event.metadata);
      const isLast = n === eventsOf(copy).length - 1;
      const payload = isLast
        ? event.payload.replace(/"leafHash":"[^"]*"/, `"leafHash":"${prev}"`)
        : n === 4
          ? change(event.payload)
          : event.payload;
      const text = leafText({ ...leaf, prev, payloadDigest: digestOf(payload) });
      prev = leafHash(text);
      Object.assign(event, { payload, metadata: metadataOf(text, prev) });
    }
    return copy;
  }
  const altered = () => forged((payload) => payload.replace(/"box":"./, (box) => `${box.slice(0, -1)}_`));

  it.each([
    ['a fraction', (leaf: number) => `${leaf}.0`],
    ['a negative number', (leaf: number) => `-${leaf}`],
    ['a truth value', () => 'true'],
    ['nothing that is a number', () => 'NaN'],
    ['a number beyond all counting', (leaf: number) => `${leaf}00000000000000000000`],
  ])('is not accepted with %s for the place of an event', (_, spelling) => {
    const text = bundleText(bundle).replace(/"leaf":(\d+)/, (__, leaf) => `"leaf":${spelling(Number(leaf))}`);
    expect(text).not.toBe(bundleText(bundle));
    expect(failing(text)).toBe('manifest');
  });

  it('is not accepted from a forger who makes every hash anew', () => {
    expect(altered()).not.toEqual(bundle);
    expect(failing(bundleText(altered()))).toBe('inclusion');
  });

  it('is refused where an event says nothing, also when whoever wrote that has signed it', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const own = noteKey('forger', publicKey);
    for (const payload of ['null', '[]', '{"data":null}']) {
      const copy = structuredClone(bundle);
      const [event] = eventsOf(copy);
      const text = leafText({ ...metadataIn(event!.metadata).leaf, payloadDigest: digestOf(payload) });
      Object.assign(event!, { payload, metadata: metadataOf(text, leafHash(text)), leaf: 0, proof: [] });
      copy.streams[0]!.events = [event!];
      const head = Buffer.from(leafHash(text), 'base64url');
      copy.checkpoint = signNote(checkpointText({ origin: own.name, size: 1, head }), own, privateKey);
      Object.assign(copy, { keys: [verifierLine(own)], known: null });
      expect(failing(bundleText(copy), {})).toBe('chain');
    }
  });

  it('is not accepted from a forger who signs a tree of his own: but by whoever has no key from elsewhere', () => {
    const copy = altered();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const own = noteKey(notarised.key.name, publicKey);
    // A log of these events alone.
    const leaves = eventsOf(copy).map(({ metadata }) =>
      Buffer.from(metadataIn(metadata).leafHash, 'base64url'),
    );
    for (const [n, event] of eventsOf(copy).entries()) Object.assign(event, { leaf: n, proof: [] });
    const head = leaves[0]!;
    copy.checkpoint = signNote(checkpointText({ origin: own.name, size: 1, head }), own, privateKey);
    copy.keys = [verifierLine(own)];
    copy.known = null;
    expect(failing(bundleText(copy))).toBe('signature');
    expect(failing(bundleText(copy), {})).toBe('inclusion');
  });

  it('of cases that are one holds them all', async () => {
    const [loser, survivor] = [await notarised.record(3), await notarised.record(2)];
    await merge(notarised, loser, survivor);
    const both = await exported(notarised, survivor, { merged: [loser] });
    expect(verifyBundle(bundleText(both), trust)).toMatchObject({
      mergedFrom: [loser.replace('case-', '')],
      events: 8,
    });
    expect(failing(changed((copy) => void copy.streams.pop(), both))).toBe('head');
    expect(failing(changed((copy) => void copy.streams[1]!.events.pop(), both))).toBe('head');
    const alone = await exported(notarised, survivor);
    expect(failing(bundleText(alone))).toBe('gap');
  });

  it('of cases that are one holds also what one of them had let go of before', async () => {
    const [thrice, between, survivor] = [
      await notarised.record(1),
      await notarised.record(1),
      await notarised.record(1),
    ];
    await merge(notarised, thrice, between);
    await unmerge(notarised, thrice, between);
    await merge(notarised, thrice, survivor);
    await merge(notarised, between, survivor);
    const all = await exported(notarised, survivor, { merged: [thrice, between] });
    expect(failing(bundleText(all))).toBeUndefined();
    const without = await exported(notarised, survivor, { merged: [between] });
    expect(failing(bundleText(without))).toBe('gap');
  });

  it('with its end dropped, down to an earlier export, is not accepted by whoever knows a later checkpoint', () => {
    const dropped = changed((copy) => void eventsOf(copy).splice(11));
    expect(verifyBundle(dropped, trust)).toMatchObject({ events: 11 });
    expect(failing(dropped, { ...trust, known: earlier.checkpoint })).toBe('consistency');
  });

  it('of an erased case still proves it, and says what is gone and why', async () => {
    const gone = await notarised.record(2);
    await erase(notarised, gone);
    const proven = verifyBundle(bundleText(await exported(notarised, gone)), trust);
    const why = { erasedAt: expect.any(String), certificate: { stream: gone, revision: 2 } };
    expect(proven.erased).toEqual([
      { stream: gone, revision: 0, type: 'NoteAdded', fields: ['text'], ...why },
      { stream: gone, revision: 1, type: 'NoteAdded', fields: ['text'], ...why },
    ]);
  });
});
