/** Where a projector runs: in this thread (`Projector` itself) or in one of its own (`ProjectorThread`). */
export interface ProjectorHost {
  /** Resolves when every read model has tables to answer from. */
  start(): Promise<void>;
  /** Makes it look at once for new events and for what it has been asked to do. */
  nudge(): void;
  /** Resolves when the batches in hand are committed and its files are closed. */
  stop(): Promise<void>;
}
