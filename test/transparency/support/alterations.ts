import { v7 } from 'uuid';
import { canonicalJson } from '../../../src/canonical-json.js';
import { digestOf, leafHash, leafText } from '../../../src/ledger/leaf.js';
import { metadataIn, metadataOf } from '../../../src/ledger/stored-metadata.js';
import type { StoredPayload } from '../../../src/ledger/written-event.js';
import type { Row, TamperedStore } from './tampered-store.js';

export type Alteration = (store: TamperedStore, random: () => number) => void;

const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)]!;
const rowOf = ({ rows }: TamperedStore, random: () => number): Row => pick(rows, random);

/** One character in the middle of a text is another one. */
function withSlip(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  return `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`;
}

const set = (store: TamperedStore, { event_id }: Row, column: keyof Row, value: string | number): void =>
  store.run(`UPDATE events SET ${column} = ? WHERE event_id = ?`, value, event_id);

/** Each column of a random row changed, to something that the tables take. */
export const COLUMNS: Record<keyof Row, Alteration> = {
  position: (store, random) => {
    // Behind all others, or before them; the last one is behind all others already.
    const row = pick(store.rows.slice(0, -1), random);
    set(store, row, 'position', random() < 0.5 ? store.rows.length + 1_000 : -row.position);
  },
  stream_id: (store, random) => {
    const row = rowOf(store, random);
    const others = new Set(
      store.rows.filter(({ revision }) => revision === row.revision).map((one) => one.stream_id),
    );
    const free = store.rows.find(({ stream_id }) => !others.has(stream_id))?.stream_id;
    // Of no stream at all: such a row is not read.
    set(store, row, 'stream_id', random() < 0.3 ? 1_000_000 : (free ?? store.newStream(`case-${v7()}`)));
  },
  revision: (store, random) => set(store, rowOf(store, random), 'revision', 500 + Math.floor(random() * 500)),
  event_id: (store, random) => set(store, rowOf(store, random), 'event_id', v7()),
  type: (store, random) => {
    const row = rowOf(store, random);
    set(store, row, 'type', `${row.type}s`);
  },
  payload: (store, random) => {
    const row = rowOf(store, random);
    set(store, row, 'payload', withSlip(row.payload, random));
  },
  metadata: (store, random) => {
    const row = rowOf(store, random);
    set(store, row, 'metadata', withSlip(row.metadata, random));
  },
};

/** An event with other words, and every hash that needs no key made anew. */
export function forged(
  row: Row,
  place: { stream: string; revision: number; prev: string | null },
  words: string,
): Row {
  const { leaf } = metadataIn(row.metadata);
  const { data, ...rest } = JSON.parse(row.payload) as StoredPayload;
  const payload = canonicalJson({ ...rest, data: { ...data, aside: words } });
  const id = v7();
  const text = leafText({ ...leaf, ...place, id, payloadDigest: digestOf(payload) });
  return {
    ...row,
    revision: place.revision,
    event_id: id,
    payload,
    metadata: metadataOf(text, leafHash(text)),
  };
}

export const OTHERS: Record<string, Alteration> = {
  deleted: (store, random) =>
    store.run('DELETE FROM events WHERE event_id = ?', rowOf(store, random).event_id),
  swapped: (store, random) => {
    const one = rowOf(store, random);
    store.swap(
      one,
      pick(
        store.rows.filter((row) => row !== one),
        random,
      ),
    );
  },
  inserted: (store, random) => {
    const before = rowOf(store, random);
    const stream = `case-${v7()}`;
    const stream_id = store.newStream(stream);
    const row = { ...forged(before, { stream, revision: 0, prev: null }, 'put in'), stream_id };
    if (random() < 0.3) return store.put({ ...row, position: -before.position });
    store.shiftFrom(before);
    return store.put({ ...row, position: before.position });
  },
  renumbered: (store, random) => {
    const row = rowOf(store, random);
    const { stream_id, revision } = row;
    // This one and all behind it in its stream, by one.
    store.run(
      'UPDATE events SET revision = -revision - 1 WHERE stream_id = ? AND revision >= ?',
      stream_id,
      revision,
    );
    store.run('UPDATE events SET revision = -revision WHERE revision < 0');
  },
};
