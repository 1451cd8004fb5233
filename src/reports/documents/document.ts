/** What a report can be written as. */
export const FORMATS = ['json', 'csv', 'xlsx', 'html', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
};

/** A report as a file. */
export interface ReportDocument {
  mediaType: string;
  /** Without a path, and of ASCII letters, digits, `-` and `.` only. */
  fileName: string;
  bytes: Uint8Array;
}
