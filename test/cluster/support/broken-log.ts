import type { Expected, StreamState } from '../../support/eventstoredb-double/append-decision.js';
import { DoubleData, type AppendOutcome } from '../../support/eventstoredb-double/double-data.js';
import type { ProposedEvent } from '../../support/eventstoredb-double/log-record.js';

/** How a server breaks a promise. */
export type Breakage =
  | 'writes over what it has acknowledged'
  | 'ignores the expected revision'
  | 'writes an event twice'
  | 'changes the order of events'
  | 'answers from an older state';

const APPENDS_A_FAULT = 15;
/** Of so many reads the first third shows an older state. */
const READS_A_FAULT = 90;

/** The log of a server that breaks a promise now and then, once it is told which one. */
export class BrokenLog extends DoubleData {
  breakage: Breakage | undefined;
  #appends = 0;
  #reads = 0;

  override append(stream: string, expected: Expected, events: readonly ProposedEvent[]): AppendOutcome {
    this.#appends += 1;
    const records = super.stream(stream)?.records ?? [];
    const isDue = this.#appends % APPENDS_A_FAULT === 0 && records.length >= 3;
    if (this.breakage === 'ignores the expected revision') return super.append(stream, 'any', events);
    if (isDue && this.breakage === 'writes over what it has acknowledged') {
      records.pop();
      return super.append(stream, 'any', events);
    }
    const outcome = super.append(stream, expected, events);
    if (!isDue || outcome.kind !== 'written') return outcome;
    if (this.breakage === 'writes an event twice') super.append(stream, outcome.revision, events);
    // Not the one just written: the adapter looks whether that is where it should be.
    if (this.breakage === 'changes the order of events')
      records.splice(-3, 2, records.at(-2)!, records.at(-3)!);
    return outcome;
  }

  override stream(name: string): Readonly<StreamState> | undefined {
    const state = super.stream(name);
    if (!state || this.breakage !== 'answers from an older state') return state;
    this.#reads += 1;
    const isOld = this.#reads % READS_A_FAULT < READS_A_FAULT / 3;
    return isOld && state.records.length > 1 ? { ...state, records: state.records.slice(0, -1) } : state;
  }
}
