/** How long what is waited for. All in milliseconds. */
export interface Patience {
  /** For the first answer of a server. */
  greeting: number;
  /** For one attempt at an append. The server and the client give up a little before we do. */
  attempt: number;
  /** So long an append is tried again that may have been written: shorter than a request may take. */
  settling: number;
  /** So long one is tried that nobody has taken; whoever asks should rather ask again than wait. */
  connecting: number;
  /** So long a read that failed is begun again: shorter, with the last of its tries, than a request may take. */
  reading: number;
  /** Between two events of a read; a server that says nothing for so long is taken to be gone. */
  silence: number;
  /** Between two looks whether a subscription that brings nothing has nothing to bring. */
  quiet: number;
}

export const PATIENCE: Patience = {
  greeting: 5_000,
  attempt: 4_000,
  settling: 12_000,
  connecting: 3_000,
  reading: 8_000,
  silence: 5_000,
  quiet: 5_000,
};
