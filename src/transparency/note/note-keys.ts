import { createPublicKey, hash, type KeyObject } from 'node:crypto';

/** C2SP signed-note: the type of a signature by Ed25519. */
const ED25519 = 1;
const RAW_KEY_BYTES = 32;
const KEY_ID_BYTES = 4;

/** Who signs notes: a name, and the public key by which it is known. */
export interface NoteKey {
  name: string;
  /** Of four bytes: tells keys apart, and proves nothing. */
  id: Buffer;
  publicKey: KeyObject;
}

/** No blanks and no plus: the name stands in lines and in front of a plus. */
const NAME = /^[^\s+\p{C}]{1,255}$/u;

/** Throws for a name that no note can have, and for a key that is not of Ed25519. */
export function noteKey(name: string, publicKey: KeyObject): NoteKey {
  if (!NAME.test(name)) throw new Error('the name of a note key has no blanks and no plus');
  const raw = rawKey(publicKey);
  const text = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), raw]);
  return { name, id: hash('sha256', text, 'buffer').subarray(0, KEY_ID_BYTES), publicKey };
}

/** As one line, to be handed to whoever checks: `name+id+key`. */
export const verifierLine = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ED25519), rawKey(publicKey)]).toString('base64')}`;

/** Undefined for what `verifierLine` has not written. */
export function readVerifierLine(line: string): NoteKey | undefined {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(line.trim()) ?? [];
  if (name === undefined || encoded === undefined || !NAME.test(name)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 1 + RAW_KEY_BYTES || bytes[0] !== ED25519) return undefined;
  const key = noteKey(name, publicKeyOf(bytes.subarray(1)));
  return key.id.toString('hex') === id && verifierLine(key) === line.trim() ? key : undefined;
}

const rawKey = (publicKey: KeyObject): Buffer => {
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new Error('notes are signed by Ed25519');
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
};

const publicKeyOf = (raw: Buffer): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
