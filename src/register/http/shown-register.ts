import type { Shown } from '../../http/access-journal.js';

/** Whatever stands in these streams, it is of no case. */
export const OF_NO_CASE = (): Shown => ({ cases: [], fields: 'none' });
