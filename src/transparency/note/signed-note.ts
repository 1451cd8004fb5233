import { sign, verify, type KeyObject } from 'node:crypto';
import type { NoteKey } from './note-keys.js';

const ID_BYTES = 4;
/** A note is some lines, a blank line, and a line for each signature. */
const SIGNATURES = '\n\n';
const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/;

/** C2SP signed-note. `text` is one or more lines, each with its line feed; what is signed are its bytes. */
export function signNote(text: string, { name, id }: NoteKey, privateKey: KeyObject): string {
  if (!isText(text)) throw new Error('a note is made of lines of plain text');
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

export type OpenedNote =
  | { kind: 'signed'; text: string; by: NoteKey }
  /** Signed by nobody of those who are known, or not at all. */
  | { kind: 'unknown-signer'; text: string }
  /** A signature in a known name that is not one. */
  | { kind: 'bad-signature' }
  | { kind: 'malformed' };

/** Whoever of `known` has signed; the signatures of others are passed over. */
export function openNote(note: string, known: readonly NoteKey[]): OpenedNote {
  const end = note.lastIndexOf(SIGNATURES);
  if (end < 0 || !note.endsWith('\n')) return { kind: 'malformed' };
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + SIGNATURES.length, -1).split('\n');
  if (!isText(text) || !note.isWellFormed()) return { kind: 'malformed' };
  let by: NoteKey | undefined;
  for (const line of lines) {
    const [, name, encoded] = SIGNATURE.exec(line) ?? [];
    if (name === undefined || encoded === undefined) return { kind: 'malformed' };
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length <= ID_BYTES || bytes.toString('base64') !== encoded) return { kind: 'malformed' };
    const key = known.find((one) => one.name === name && one.id.equals(bytes.subarray(0, ID_BYTES)));
    if (!key) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, bytes.subarray(ID_BYTES))) {
      return { kind: 'bad-signature' };
    }
    by = key;
  }
  return by ? { kind: 'signed', text, by } : { kind: 'unknown-signer', text };
}

const isText = (text: string): boolean =>
  text.length > 1 && text.endsWith('\n') && text.isWellFormed() && !Buffer.from(text).some(isControl);

/** Lines end with a line feed; no other control character of ASCII may stand there, and no other character has such a byte. */
const isControl = (byte: number): boolean => (byte < 0x20 && byte !== 0x0a) || byte === 0x7f;
