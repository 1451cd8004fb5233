/** How far answers from the read model are behind what was recorded. */
export abstract class ReadModelLag {
  /** Since the oldest fact not yet in it was recorded; 0 when there is none, Infinity while there is no read model to answer from. */
  abstract seconds(): Promise<number>;
}
