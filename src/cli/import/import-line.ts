import type { CommandRoute } from '../../cases/http/catalogue/command-route.js';

/** One command of a file, as written: ids may still be references (`$name`, `@name`). */
export interface ImportLine {
  /** Where it begins in the file, from 1. */
  line: number;
  /** What the file calls the case; the case's id where it is one. */
  label: string;
  route: CommandRoute;
  /** The ids of the path besides the case's. */
  ids: Readonly<Record<string, string>>;
  body: Record<string, unknown>;
  /** The name under which later lines of the case mean the event of this one, `@` included. */
  as?: string;
}

export interface LineFault {
  line: number;
  reason: string;
}

/** A file as it was read. Lines that could not be read are among the faults only. */
export interface ReadFile {
  lines: ImportLine[];
  faults: LineFault[];
}
