import type { Upcaster } from '../ledger/upcasting.js';

/** How events in older schemas are brought up to date. Add to it, never change what stands: stored events stay as they are. */
export const CASE_UPCASTERS: readonly Upcaster[] = [];
