import type { PublishedCell } from './published-cell.js';

export interface CandidateCell extends PublishedCell {
  /** Cells of a lower rank are settled first; 0 if it is left out. */
  rank?: number;
  key: string;
  /** Where the value is that of single persons (the least, the greatest, the one in the middle): how many of them have this very value. */
  sharedBy?: number;
}

/** A total and parts that no person's things are in two of. */
export interface Line {
  total: string;
  parts: readonly string[];
}
