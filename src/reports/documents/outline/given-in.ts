import type { Filters } from '../../content/content.js';

/** The filters that say something; what was asked over HTTP has a member for each there is. */
export const givenIn = (filters: Filters): [name: keyof Filters, value: string][] =>
  (Object.entries(filters) as [keyof Filters, string | undefined][]).filter(
    (filter): filter is [keyof Filters, string] => filter[1] !== undefined,
  );
