/** A date as recorded: EDTF (the forms of docs/dates.md) or an RFC 3339 instant with offset. Its bounds are worked out in `dates/`. */
export type RecordedDate = string;

export type Uuid = string;

export const SOURCE_KINDS = [
  'press',
  'organisation',
  'court_record',
  'testimony',
  'official',
  'social_media',
  'other',
] as const;
export const RELIABILITIES = ['high', 'likely', 'possible', 'unlikely', 'unknown'] as const;

export interface Source {
  citation: string;
  url?: string;
  kind: (typeof SOURCE_KINDS)[number];
  published?: RecordedDate;
  confidential: boolean;
  reliability?: (typeof RELIABILITIES)[number];
}

/** What every fact may carry besides its own fields. `at` is when it happened, never when it was recorded. */
export interface Circumstance {
  at?: RecordedDate;
  sources?: Source[];
  remark?: string;
}

export const QUALIFIERS = ['exact', 'at_least', 'at_most', 'approximate'] as const;

/** A plain decimal in a currency of ISO 4217; no more digits after the point than the currency has. */
export interface Money {
  value: string;
  currency: string;
  qualifier?: (typeof QUALIFIERS)[number];
}
