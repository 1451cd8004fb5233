export interface LogAlarm {
  kind: string;
  /** RFC 3339. */
  foundAt: string;
  fault: string;
  /** The first bad event, as far as there is one: its leaf in the log and its place in the store. */
  leaf: number | null;
  stream: string | null;
  revision: number | null;
}

/** How the transparency log stands. */
export interface LogState {
  /** Its name in checkpoints; null before the first was begun. */
  origin: string | null;
  /** Of the last checkpoint. */
  signedSize: number | null;
  signedAt: string | null;
  /** When the whole store was last held to it. */
  verifiedAt: string | null;
  alarms: LogAlarm[];
}

/** The transparency log as far as those have to know of it who run the service. */
export abstract class LogWatch {
  abstract state(): Promise<LogState>;
}
