import { beforeEach, describe, expect, it } from '@jest/globals';
import { DataKeysInMemory } from '../../test/support/data-keys.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { ledgerOn, readerOn, unsealingWith } from '../../test/support/ledgers.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { chainFault, leafHashIn } from './chain.js';
import type { RecordedEvent } from './recorded-event.js';
import { shownData } from './unsealing.js';

const ENVELOPE = {
  recordedAt: '2020-01-27T10:00:00.000Z',
  recordedBy: 'p1',
  correlationId: 'c1',
  causationId: 'k1',
};
const NAME = 'Dzmitry Kazlou';
const note = (eventId: string) => ({
  eventId,
  type: 'NoteAdded',
  data: { at: '2020-01-27' },
  personal: { text: `seen: ${NAME}` },
});

let store: InMemoryEventStore;
let keys: DataKeysInMemory;

beforeEach(async () => {
  store = new InMemoryEventStore();
  keys = new DataKeysInMemory();
  const ledger = ledgerOn(store, keys);
  await ledger.append('case-1', [note('a'), note('b')], ENVELOPE, 'no_stream');
  await ledger.append('case-1', [note('c')], ENVELOPE, 1);
  await ledger.append('case-2', [note('d')], ENVELOPE, 'no_stream');
});

const stored = async (stream = 'case-1'): Promise<StoredEvent[]> => store.read(stream);
const reveal = async (events: readonly RecordedEvent[]) => unsealingWith(keys).reveal(events);
const opened = (event: StoredEvent): RecordedEvent => readerOn(store).open(event);
const changed = (event: StoredEvent, change: (payload: StoredPayload) => void): StoredEvent => {
  const payload = JSON.parse(event.payload) as StoredPayload;
  change(payload);
  return { ...event, payload: JSON.stringify(payload) };
};
interface StoredPayload {
  data: Record<string, unknown>;
  sealed: { box: string; key: string; v: number };
}

describe('what lies in the store', () => {
  it('says nothing of a person, and what may be read stands there', async () => {
    const events = [...(await stored()), ...(await stored('case-2'))];
    expect(JSON.stringify(events)).not.toContain('Kazlou');
    for (const { payload } of events)
      expect(JSON.parse(payload)).toMatchObject({ data: { at: '2020-01-27' } });
  });

  it('is read closed without any key, and whole with it', async () => {
    const closed = await readerOn(store).read('case-1');
    expect(closed.map(({ data }) => data)).toEqual(thrice({ at: '2020-01-27' }));
    expect(closed[0]?.sealed?.fields).toEqual(['text']);
    const whole = await reveal(closed);
    expect(whole.map(({ data }) => data)).toEqual(thrice({ at: '2020-01-27', text: `seen: ${NAME}` }));
  });

  it('has one key a stream, and no two boxes alike', async () => {
    const events = (await readerOn(store).read('case-1')).concat(await readerOn(store).read('case-2'));
    expect(events.map(({ keyId }) => events.findIndex((other) => other.keyId === keyId))).toEqual([
      0, 0, 0, 3,
    ]);
    expect(new Set(events.map(({ sealed }) => sealed?.box)).size).toBe(4);
  });

  it('goes on where another process, which has not read the stream, appends', async () => {
    await ledgerOn(store, keys).append('case-1', [note('e')], ENVELOPE, 2);
    const events = await stored();
    let prev: string | null = null;
    for (const event of events) {
      expect(chainFault(event, prev)).toBeUndefined();
      prev = leafHashIn(event);
    }
    expect(new Set((await readerOn(store).read('case-1')).map(({ keyId }) => keyId)).size).toBe(1);
  });

  it('cannot be appended to behind its end', async () => {
    await expect(ledgerOn(store, keys).append('case-1', [note('e')], ENVELOPE, 7)).rejects.toMatchObject({
      code: 'revision-conflict',
    });
    expect(await stored()).toHaveLength(3);
  });
});

describe('a box', () => {
  const damaged = { kind: 'unavailable', code: 'sealed-data-damaged' };

  it.each<[string, (events: StoredEvent[], other: StoredEvent) => StoredEvent]>([
    ['in another event of its stream', ([a, b]) => ({ ...b!, payload: a!.payload })],
    ['in another stream', ([a], d) => changed(d, ({ sealed }) => Object.assign(sealed, sealedIn(a!)))],
    ['in an event of another type', ([a]) => ({ ...a!, type: 'NameRecorded' })],
    ['at another revision', ([a]) => ({ ...a!, revision: 7 })],
    ['under another version of its key', ([a]) => changed(a!, ({ sealed }) => (sealed.v = 2))],
    ['with another tag', ([a]) => changed(a!, ({ sealed }) => (sealed.box = flipped(sealed.box, -3)))],
    ['with another ciphertext', ([a]) => changed(a!, ({ sealed }) => (sealed.box = flipped(sealed.box, 20)))],
    ['cut short', ([a]) => changed(a!, ({ sealed }) => (sealed.box = sealed.box.slice(0, 30)))],
    ['that is none', ([a]) => changed(a!, ({ sealed }) => (sealed.box = ''))],
    [
      'with the key of another stream',
      ([a], d) => changed(a!, ({ sealed }) => (sealed.key = sealedIn(d).key)),
    ],
  ])('%s does not open, and nothing of it is given', async (_, move) => {
    const [other] = await stored('case-2');
    const moved = opened(move(await stored(), other!));
    const failure = await reveal([moved]).catch((error: unknown) => error);
    expect(failure).toMatchObject(damaged);
    expect((failure as Error).cause).toBeUndefined();
    const { sealed, ...place } = moved;
    expect(await unsealingWith(keys).open([{ ...place, sealed: sealed! }])).toEqual(['unreadable']);
  });

  it('whose key is lost fails, and whose key was destroyed is told as erased', async () => {
    const [first] = await readerOn(store).read('case-1');
    keys.destroy(first!.keyId);
    const [erased] = await reveal([first!]);
    expect(erased).toMatchObject({ erased: true, data: { at: '2020-01-27' } });
    expect(shownData(erased!)).toEqual({ at: '2020-01-27', text: { erased: true } });
    keys.lose(first!.keyId);
    await expect(reveal([first!])).rejects.toMatchObject({ kind: 'unavailable', code: 'key-lost' });
  });

  it('cannot be made any more for a stream whose key is gone', async () => {
    const { keyId } = (await readerOn(store).read('case-1'))[0]!;
    for (const [gone, code] of [
      [() => keys.destroy(keyId), 'case-erased'],
      [() => keys.lose(keyId), 'key-lost'],
    ] as const) {
      gone();
      await expect(ledgerOn(store, keys).append('case-1', [note('e')], ENVELOPE, 2)).rejects.toMatchObject({
        code,
      });
    }
    expect(await stored()).toHaveLength(3);
  });
});

describe('the chain', () => {
  it.each<[string, (event: StoredEvent) => StoredEvent]>([
    ['its id', (event) => ({ ...event, eventId: 'x' })],
    ['its type', (event) => ({ ...event, type: 'X' })],
    ['its stream', (event) => ({ ...event, stream: 'case-9' })],
    ['its revision', (event) => ({ ...event, revision: 9 })],
    ['a date', (event) => ({ ...event, payload: event.payload.replace('2020-01-27', '2020-01-28') })],
    ['its occasion', (event) => ({ ...event, payload: event.payload.replace('"k1"', '"k2"') })],
    ['who recorded it', (event) => ({ ...event, metadata: event.metadata.replace('"p1"', '"p2"') })],
    ['the form of its payload', (event) => ({ ...event, payload: ` ${event.payload}` })],
    ['the form of its metadata', (event) => ({ ...event, metadata: `${event.metadata} ` })],
    ['all of its metadata', (event) => ({ ...event, metadata: '{}' })],
  ])('shows when an event is changed: %s', async (_, change) => {
    const [first, second] = await stored();
    const prev = leafHashIn(first!);
    expect(chainFault(second!, prev)).toBeUndefined();
    expect(chainFault(change(second!), prev)).toEqual(expect.any(String));
  });

  it('shows every byte that is changed', async () => {
    const [first] = await stored();
    for (const column of ['payload', 'metadata'] as const) {
      for (let at = 0; at < first![column].length; at += 1) {
        const text = first![column];
        const other = text[at] === 'x' ? 'y' : 'x';
        const event = { ...first!, [column]: text.slice(0, at) + other + text.slice(at + 1) };
        expect([at, chainFault(event, null)]).toEqual([at, expect.any(String)]);
      }
    }
  });

  it('shows when one is left out', async () => {
    const [first, , third] = await stored();
    expect(chainFault(third!, leafHashIn(first!))).toBe('it does not follow the event before it');
  });
});

const thrice = <T>(one: T): T[] => [one, one, one];

const sealedIn = ({ payload }: StoredEvent): StoredPayload['sealed'] =>
  (JSON.parse(payload) as StoredPayload).sealed;

function flipped(box: string, at: number): string {
  const bytes = Buffer.from(box, 'base64url');
  const place = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  return bytes.toString('base64url');
}
