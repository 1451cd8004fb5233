/** What comes in and what is open: shows that a client repeated something, or left a call behind. */
export class Traffic {
  /** Appends that came in whole, whatever became of them. */
  appends = 0;
  /** Calls begun since the start. */
  reads = 0;
  subscriptions = 0;
  featureQuestions = 0;
  /** Calls that are open now. */
  /** Appends by themselves, until all that belongs to them has come in. */
  openAppends = 0;
  openReads = 0;
  openSubscriptions = 0;
  openBatchStreams = 0;
}
