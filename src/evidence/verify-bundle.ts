import { canonicalJson } from '../canonical-json.js';
import { isGrownFrom } from '../transparency/merkle/checking.js';
import { readCheckpoint, type Checkpoint } from '../transparency/note/checkpoint.js';
import { readVerifierLine, type NoteKey } from '../transparency/note/note-keys.js';
import { openNote } from '../transparency/note/signed-note.js';
import { attachedFilesIn, type AttachedFile } from './attached-files.js';
import { readBundle, type Bundle } from './bundle.js';
import { provenStreams, type ProvenEvent, type ProvenStream } from './bundled-streams.js';
import { Unproven } from './verdict.js';

export interface Trust {
  /** Of whoever signs the log, had from elsewhere than the file. */
  key?: NoteKey;
  /** A checkpoint that whoever checks has kept: a signed note. */
  known?: string;
}

/** What was taken out of an event for good. */
interface ErasedPart {
  stream: string;
  revision: number;
  type: string;
  fields: string[];
  /** Of the certificate: the event that says that the key to them was destroyed, and at whose request. */
  erasedAt: string;
  certificate: { stream: string; revision: number };
}

/** What has been proven. */
export interface ProvenCase {
  caseId: string;
  mergedFrom: string[];
  events: number;
  /** RFC 3339: when the file was made, as the log has it. */
  exportedAt: string;
  checkpoint: Checkpoint;
  signedBy: string;
  /** False: the key came with the file, and a forger would have put his own there. */
  isOriginKnown: boolean;
  erased: ErasedPart[];
  files: AttachedFile[];
}

const CASE = 'case-';

/**
 * Checks an exported case with what is in the file and in the head of whoever checks: no server, no network, no data. Throws
 * `Unproven` for the first thing that does not hold.
 */
export function verifyBundle(text: string, trust: Trust = {}): ProvenCase {
  const bundle = readBundle(text);
  if (!bundle) throw new Unproven('manifest', 'this is no evidence file, or it is not as it was written');
  const { checkpoint, by, isOriginKnown } = signedCheckpoint(bundle, trust.key);
  const streams = provenStreams(bundle, checkpoint);
  const issued = requireHead(bundle, streams);
  requireMerged(bundle, streams);
  requireGrowth(bundle, checkpoint, by, trust.known);
  return {
    caseId: bundle.caseId,
    mergedFrom: streams.slice(1).map(({ stream }) => stream.slice(CASE.length)),
    events: streams.reduce((sum, { events }) => sum + events.length, 0),
    exportedAt: issued.leaf.recordedAt,
    checkpoint,
    signedBy: by.name,
    isOriginKnown,
    erased: erasedIn(streams),
    files: attachedFilesIn(streams),
  };
}

function signedCheckpoint(
  { checkpoint: note, keys }: Bundle,
  trusted: NoteKey | undefined,
): { checkpoint: Checkpoint; by: NoteKey; isOriginKnown: boolean } {
  const given = keys.map(readVerifierLine);
  if (given.includes(undefined)) throw new Unproven('signature', 'a key in the file is none');
  const known = trusted ? [trusted] : given.filter((key) => key !== undefined);
  const opened = openNote(note, known);
  if (opened.kind !== 'signed') {
    throw new Unproven(
      'signature',
      opened.kind === 'unknown-signer'
        ? 'the log of this file is signed by somebody else'
        : 'the signature of the log does not hold',
    );
  }
  const checkpoint = readCheckpoint(opened.text);
  if (!checkpoint) throw new Unproven('signature', 'what is signed is no checkpoint');
  return { checkpoint, by: opened.by, isOriginKnown: trusted !== undefined };
}

/** The last event of the case says that this file was made, and what it had to hold. Gives that event. */
function requireHead({ caseId }: Bundle, [own, ...merged]: readonly ProvenStream[]): ProvenEvent {
  if (!own || own.stream !== CASE + caseId) {
    throw new Unproven('manifest', 'the file does not begin with the case that it is named for');
  }
  const issued = own.events.at(-1);
  if (issued?.leaf.type !== 'ExportIssued') {
    throw new Unproven('head', 'the end is missing: the case does not end with its export');
  }
  const said = issued.payload.data as { revision?: number; leafHash?: string; merged?: unknown };
  const before = own.events.at(-2);
  if (said.revision !== before?.leaf.revision || said.leafHash !== before?.leafHash) {
    throw new Unproven('head', 'the export was issued for another state of the case');
  }
  const heads = merged.map(({ stream, events }) => {
    const last = events.at(-1);
    return { caseId: stream.slice(CASE.length), revision: last?.leaf.revision, leafHash: last?.leafHash };
  });
  if (canonicalJson(said.merged ?? []) !== canonicalJson(heads)) {
    throw new Unproven('head', 'the export was issued for another state of the cases that were merged');
  }
  return issued;
}

/** Every case that is part of this one by what its own events say is in the file, and no other. */
function requireMerged({ streams }: Bundle, proven: readonly ProvenStream[]): void {
  const held = new Set(proven.flatMap(heldBy));
  const there = new Set(streams.slice(1).map(({ stream }) => stream));
  for (const stream of held) {
    if (!there.has(stream))
      throw new Unproven('gap', `${stream}, which was merged into the case, is missing`);
  }
  if (there.size !== streams.length - 1 || [...there].some((stream) => !held.has(stream))) {
    throw new Unproven('manifest', 'the file holds a case that was not merged into this one');
  }
}

/** What one case lets go of another may hold still. */
function heldBy({ events }: ProvenStream): string[] {
  const held = new Set<string>();
  for (const { leaf, payload } of events) {
    const { caseId } = payload.data as { caseId?: string };
    if (caseId === undefined) continue;
    if (leaf.type === 'CaseAbsorbed') held.add(CASE + caseId);
    if (leaf.type === 'CaseReleasedFromMerge') held.delete(CASE + caseId);
  }
  return [...held];
}

/** The log begins with the one that the file names as known, and that is the one of whoever checks. */
function requireGrowth(
  { known, streams }: Bundle,
  after: Checkpoint,
  by: NoteKey,
  remembered: string | undefined,
): void {
  const named = known && checkpointOf(known.checkpoint, by);
  if (named && !hasGrown(named, after, known.proof)) {
    throw new Unproven(
      'consistency',
      'it is not proven that the log begins with the one that is named as known',
    );
  }
  if (remembered === undefined) return;
  const before = checkpointOf(remembered, by);
  if (before.origin !== after.origin) {
    throw new Unproven('consistency', 'the log was begun anew since the checkpoint that you know');
  }
  if (before.size > after.size) {
    throw new Unproven('consistency', 'the file is older than the checkpoint that you know');
  }
  if (![named, after].some((one) => one?.size === before.size)) {
    throw new Unproven('consistency', `the file has no proof from the log of ${before.size} that you know`);
  }
  if (![named, after].some((one) => one?.size === before.size && one.head.equals(before.head))) {
    throw new Unproven('consistency', 'the log does not begin with the one that you know');
  }
  // A newer file that was cut off at an earlier export has a newer checkpoint, too: what came after that export may be missing.
  const issued = streams[0]?.events.at(-1);
  if (!issued || issued.leaf < before.size) {
    throw new Unproven('consistency', 'the case was exported before the checkpoint that you know');
  }
}

function checkpointOf(note: string, by: NoteKey): Checkpoint {
  const opened = openNote(note, [by]);
  const checkpoint = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint)
    throw new Unproven('consistency', 'a checkpoint that is known is not signed by the same key');
  return checkpoint;
}

function hasGrown(before: Checkpoint, after: Checkpoint, proof: readonly string[]): boolean {
  const hashes = proof.map((one) => Buffer.from(one, 'base64'));
  if (hashes.some((bytes, n) => bytes.toString('base64') !== proof[n])) return false;
  if (before.origin !== after.origin) return false;
  return before.size === 0 ? proof.length === 0 : isGrownFrom(before, after, hashes);
}

function erasedIn(streams: readonly ProvenStream[]): ErasedPart[] {
  const erasures = new Map<string, Pick<ErasedPart, 'erasedAt' | 'certificate'>>();
  for (const { leaf, payload } of streams.flatMap(({ events }) => events)) {
    if (leaf.type !== 'SubjectErased') continue;
    const { destroyedKeys = [] } = payload.data as { destroyedKeys?: string[] };
    const { stream, revision, recordedAt: erasedAt } = leaf;
    for (const key of destroyedKeys) erasures.set(key, { erasedAt, certificate: { stream, revision } });
  }
  return streams.flatMap(({ stream, events }) =>
    events.flatMap(({ leaf: { revision, type }, payload: { sealed } }) => {
      const erasure = sealed && erasures.get(sealed.key);
      return erasure ? [{ stream, revision, type, fields: sealed.fields, ...erasure }] : [];
    }),
  );
}
