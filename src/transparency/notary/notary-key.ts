import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { noteKey, type NoteKey } from '../note/note-keys.js';

/** RFC 8410: what stands in front of the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const NAME_DIGITS = 16;

export interface Signer {
  key: NoteKey;
  privateKey: KeyObject;
}

/**
 * From 32 random bytes. The name follows from the key, so that the two cannot be confused, and nobody begins another log by
 * changing a setting.
 */
export function signerOf(seed: Buffer): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const digest = hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex');
  return { key: noteKey(`habeas/log/${digest.slice(0, NAME_DIGITS)}`, publicKey), privateKey };
}

/** Where the checkpoint that was signed last is remembered: beside the key. */
export const memoryFileOf = (keyFile: string): string => `${keyFile}.last-checkpoint`;
