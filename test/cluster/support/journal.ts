interface Asked {
  caller: string;
  /** The process that was asked. */
  at: string;
  caseId: string;
  /** Counted up by the journal: of any two moments it is certain which came first. */
  began: number;
  /** Absent: no answer came. */
  ended?: number;
  /** Of the answer, and of the problem that it tells of. */
  status?: number;
  code?: string;
}

/** A command, or a repeat of one: what has the same key is the same command. */
export interface Sent extends Asked {
  kind: 'command';
  key: string;
  /** How many events it records. */
  size: number;
  /** The revision it was sent for (`If-Match`). */
  ifRevision?: number;
  /** What it was told, if it was taken: the revision of its last event, and all its events in order. */
  told?: { revision: number; eventIds: readonly string[]; replayed: boolean };
}

export interface HistoryRead extends Asked {
  kind: 'history';
  /** What it showed, in the order in which it stood there. */
  seen?: readonly { eventId: string; revision: number }[];
}

export interface CaseRead extends Asked {
  kind: 'case';
  /** The revision that it asked for at least (`minPosition`). */
  atLeast?: number;
  shown?: { revision: number; decisions: number };
}

export type Entry = Sent | HistoryRead | CaseRead;

/** `201`, `412 stale-revision`, or `unanswered`. */
export const answerTo = ({ status, code }: Entry): string =>
  [status ?? 'unanswered', code].filter((part) => part !== undefined).join(' ');

/** All that was asked and answered, by whomever and of whichever process, in one order of time. */
export class Journal {
  readonly entries: Entry[] = [];
  #now = 0;

  begin<E extends Entry>(asked: Omit<E, 'began'>): E {
    this.#now += 1;
    const entry = { ...asked, began: this.#now } as E;
    this.entries.push(entry);
    return entry;
  }

  end<E extends Entry>(entry: E, answer: Pick<E, 'status'> & Partial<E>): void {
    this.#now += 1;
    Object.assign(entry, answer, { ended: this.#now });
  }
}
