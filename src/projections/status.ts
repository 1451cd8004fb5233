import type { BuildProgress } from './news.js';

export interface Lag {
  /** Events not applied yet. */
  events: number;
  /** True when counting stopped there, and there are more. */
  more: boolean;
  /** Since the oldest of them was recorded; 0 when there is none. */
  seconds: number;
}

export interface ProjectionStatus {
  name: string;
  /** Of the rows answered from; null before there are any. */
  version: number | null;
  /** Up to here everything is in the rows. */
  position: string | null;
  /** Where the store stands, other streams included: with no lag, the position may still be an earlier one. */
  head: string | null;
  lag: Lag;
  /** Keys of the live rows that could not be applied. */
  parked: number;
  updatedAt: string | null;
  rebuild: (BuildProgress & { state: 'requested' | 'building'; startedAt: string }) | null;
}
