import type { Position } from '../../event-store/event-store.js';
import type { RegisterState, ReportQuestion } from './report-question.js';

export interface Progress {
  /** Cases looked at. */
  done: number;
  /** Undefined until it is known. */
  total?: number;
}

/** What is told of a report while it is being made. */
export interface GatheringNews {
  /** It is settled of which state of the register the answer will be. */
  began: (state: RegisterState) => void;
  progress: (progress: Progress) => void;
}

/** A report as it is kept: nothing personal stands in it, only the ids of the cases whose names may be shown. */
export interface Draft extends RegisterState {
  /** JSON of a `GatheredSource`; of a report for the public, of what may be printed. */
  text: string;
  printed?: Printed;
}

/** Of a report for the public. */
export interface Printed {
  /** The keys of the cells that it prints, sorted. */
  published: readonly string[];
  /** The same cells with who is behind them, packed: see `packedCells`. */
  cells: Uint8Array;
}

/** How it is settled what is printed: beside the cells of all that was published before, or as it once was. */
export type Printing = { beside: readonly Uint8Array[] } | { as: readonly string[] };

export interface GatheringOrder {
  question: ReportQuestion;
  /** The cases' read model is known to show everything up to here. */
  shown?: Position;
  /** Of a report for the public, as `question.print` names it. */
  printing?: Printing;
}

/** Goes through the cases and makes a report of them. */
export abstract class Gathering {
  /** Rejects as reading would, and where the register cannot be told completely; with the signal's reason once that is given. */
  abstract gather(order: GatheringOrder, news: GatheringNews, signal: AbortSignal): Promise<Draft>;
}
