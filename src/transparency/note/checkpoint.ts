import { HASH_BYTES } from '../merkle/hashing.js';

/** C2SP tlog-checkpoint: what is signed of a log. */
export interface Checkpoint {
  /** Which log. */
  origin: string;
  /** How many leaves. */
  size: number;
  head: Buffer;
}

const SIZE = /^(0|[1-9]\d{0,15})$/;

/** The text of a note. */
export const checkpointText = ({ origin, size, head }: Checkpoint): string =>
  `${origin}\n${size}\n${head.toString('base64')}\n`;

/** Undefined for what is no checkpoint. Lines after the third are extensions, which nothing is made of here. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', encoded = '', ...extensions] = text.split('\n');
  if (origin === '' || !SIZE.test(size) || extensions.at(-1) !== '') return undefined;
  if (extensions.slice(0, -1).includes('')) return undefined;
  const head = Buffer.from(encoded, 'base64');
  const leaves = Number(size);
  if (head.length !== HASH_BYTES || head.toString('base64') !== encoded) return undefined;
  return Number.isSafeInteger(leaves) ? { origin, size: leaves, head } : undefined;
}
