/** Which cases are erased. Whoever has the cases says so: the log knows them by their ids only. */
export abstract class ErasedCases {
  /** Those of these cases whose erasure was approved or carried out before this was asked, under whichever id: none is missing. */
  abstract among(caseIds: readonly string[]): Promise<ReadonlySet<string>>;
}
