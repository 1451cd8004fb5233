import { canonicalJson } from '../canonical-json.js';

export const BUNDLE_FORMAT = 'habeas-evidence/1';

/** An event as the store keeps it, to the byte, and where the log has it. */
export interface BundledEvent {
  payload: string;
  metadata: string;
  /** Its leaf in the log, counted from 0, and the proof that it stands there (RFC 6962; base64). */
  leaf: number;
  proof: string[];
}

/** All that is needed to check one case without a server: a file of canonical JSON (RFC 8785) and a line feed. */
export interface Bundle {
  format: typeof BUNDLE_FORMAT;
  caseId: string;
  /** The case's own first, then those of the cases that were merged into it; each from its first event on. */
  streams: { stream: string; events: BundledEvent[] }[];
  /** A signed note: what the proofs lead to. */
  checkpoint: string;
  /** Verifier lines of whoever signs it. Whoever checks should have them from elsewhere. */
  keys: string[];
  /** A checkpoint that whoever asked knew, and the proof that the log begins with that one; null: none was named. */
  known: { checkpoint: string; proof: string[] } | null;
}

export const bundleText = (bundle: Bundle): string => `${canonicalJson(bundle)}\n`;

/** Undefined for anything but the very bytes that `bundleText` writes. */
export function readBundle(text: string): Bundle | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isBundle(read) && bundleText(read) === text ? read : undefined;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** These members and no others. */
const isObjectOf =
  (members: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === Object.keys(members).length &&
    Object.entries(members).every(
      ([name, check]) => Object.hasOwn(value, name) && check((value as Record<string, unknown>)[name]),
    );

const isProof = isListOf(isText);
const isKnown = isObjectOf({ checkpoint: isText, proof: isProof });
const isEvent = isObjectOf({ payload: isText, metadata: isText, leaf: isCount, proof: isProof });
const isShaped = isObjectOf({
  format: (value) => value === BUNDLE_FORMAT,
  caseId: isText,
  streams: isListOf(isObjectOf({ stream: isText, events: isListOf(isEvent) })),
  checkpoint: isText,
  keys: isListOf(isText),
  known: (value) => value === null || isKnown(value),
});

const isBundle = (value: unknown): value is Bundle => isShaped(value);
