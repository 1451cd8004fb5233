import type { EventStore, StoredEvent } from '../event-store/event-store.js';
import { leafHashIn } from '../ledger/chain.js';
import type { LogReader } from '../transparency/log/log-reader.js';
import { consistencyProof, inclusionProof, type TreeNodes } from '../transparency/merkle/proofs.js';
import { readCheckpoint } from '../transparency/note/checkpoint.js';
import { verifierLine, type NoteKey } from '../transparency/note/note-keys.js';
import { openNote } from '../transparency/note/signed-note.js';
import { BUNDLE_FORMAT, type Bundle, type BundledEvent } from './bundle.js';

export interface Exported {
  caseId: string;
  /** Of its `ExportIssued`: the last event of the case that is taken. */
  revision: number;
  /** Cases that are part of it, each up to the event that was its last by then. */
  merged: readonly { caseId: string; revision: number }[];
  /** A checkpoint that whoever asks knows: a signed note. */
  known?: string;
}

export interface Sources {
  store: Pick<EventStore, 'read'>;
  log: LogReader;
  key: NoteKey;
}

/** The file for a case that has been exported; undefined while no checkpoint covers all of it. */
export async function bundleOf(
  { store, log, key }: Sources,
  { caseId, revision, merged, known }: Exported,
): Promise<Bundle | undefined> {
  const checkpoint = await log.checkpoint();
  if (!checkpoint) return undefined;
  const { log: id, size, note } = checkpoint;
  const nodes = log.nodes(id);
  const streams: Bundle['streams'] = [];
  for (const one of [{ caseId, revision }, ...merged]) {
    const stream = `case-${one.caseId}`;
    const taken = (await store.read(stream)).slice(0, one.revision + 1);
    const events = await eventsIn(taken, { log, id, size, nodes });
    if (!events) return undefined;
    streams.push({ stream, events });
  }
  return {
    format: BUNDLE_FORMAT,
    caseId,
    streams,
    checkpoint: note,
    keys: [verifierLine(key)],
    known:
      known === undefined ? null : { checkpoint: known, proof: await growthFrom(known, key, nodes, size) },
  };
}

async function eventsIn(
  stored: readonly StoredEvent[],
  { log, id, size, nodes }: { log: LogReader; id: number; size: number; nodes: TreeNodes },
): Promise<BundledEvent[] | undefined> {
  const events: BundledEvent[] = [];
  const leaves = await log.leavesOf(
    id,
    stored.map((event) => ({ position: event.position, hash: Buffer.from(leafHashIn(event), 'base64url') })),
  );
  for (const [n, event] of stored.entries()) {
    const leaf = leaves[n];
    if (leaf === undefined || leaf >= size) return undefined;
    const proof = await inclusionProof(nodes, leaf, size);
    const { payload, metadata } = event;
    events.push({ payload, metadata, leaf, proof: proof.map((hash) => hash.toString('base64')) });
  }
  return events;
}

/** Nothing where there is nothing to prove: of an empty log, or of one that is not of this key. */
async function growthFrom(known: string, key: NoteKey, nodes: TreeNodes, size: number): Promise<string[]> {
  const opened = openNote(known, [key]);
  const before = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
  if (!before || before.size === 0 || before.size > size) return [];
  return (await consistencyProof(nodes, before.size, size)).map((hash) => hash.toString('base64'));
}
