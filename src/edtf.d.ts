/** The part of the `edtf` package this project uses; it ships no types. */
declare module 'edtf' {
  export interface EdtfDate {
    type: 'Date';
    level: number;
    /** Year, month (from 0), day, hour, minute, second: as many as were written. */
    values: number[];
    unspecified?: number;
  }
  export interface EdtfInterval {
    type: 'Interval';
    level: number;
    values: [EdtfDate | null, EdtfDate | null];
  }
  export interface EdtfSet {
    type: 'Set' | 'List';
    level: number;
    earlier?: boolean;
    later?: boolean;
    values: (EdtfDate | EdtfDate[])[];
  }
  /** Throws on what is not EDTF. */
  export function parse(text: string): EdtfDate | EdtfInterval | EdtfSet | { type: string };
}
