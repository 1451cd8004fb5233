import type { DisturbanceOptions } from './disturbance.js';
import type { EventStoreDouble } from './eventstore-double.js';
import type { AppendFault, CallError, Faults, ReadFault } from './faults.js';
import type { Traffic } from './traffic.js';

type Switches = Pick<Faults, 'unavailable' | 'delayMs' | 'endOfLogCheckpoint' | 'subscriptionsStalled'>;

/** What a double in a process of its own can be told. */
export type Command =
  | { do: 'appends'; fault: AppendFault; times?: number }
  | { do: 'reads' | 'subscriptions'; fault: ReadFault; times?: number }
  | { do: 'features' | 'gossip'; fault: CallError | 'never'; times?: number }
  | { do: 'set'; switches: Partial<Switches> }
  | { do: 'disturb'; options?: DisturbanceOptions }
  | { do: 'end subscriptions'; answer: CallError | 'end' }
  | { do: 'clear' | 'start' | 'stop' | 'restart' | 'end batch streams' | 'report' };

export interface Report {
  traffic: Traffic;
  /** Those that were appended by others than the server itself, in the order of the log. */
  events: { stream: string; revision: bigint; id: string; type: string; position: bigint }[];
}

/** Does what it is told, and says how things stand then. */
export async function obey(double: EventStoreDouble, command: Command): Promise<Report | undefined> {
  const { faults } = double;
  switch (command.do) {
    case 'appends':
      faults.appends.next(command.fault, command.times);
      break;
    case 'reads':
    case 'subscriptions':
      faults[command.do].next(command.fault, command.times);
      break;
    case 'features':
    case 'gossip':
      faults[command.do].next(command.fault, command.times);
      break;
    case 'set':
      Object.assign(faults, command.switches);
      break;
    case 'disturb':
      faults.disturb(command.options);
      break;
    case 'clear':
      faults.clear();
      break;
    case 'start':
    case 'stop':
    case 'restart':
      await double[command.do]();
      break;
    case 'end subscriptions':
      double.endSubscriptions(command.answer);
      break;
    case 'end batch streams':
      double.endBatchStreams();
      break;
    case 'report':
      return report(double);
  }
  return undefined;
}

function report({ data, traffic }: EventStoreDouble): Report {
  return { traffic, events: data.events.map(({ frame: _frame, ...event }) => event) };
}
