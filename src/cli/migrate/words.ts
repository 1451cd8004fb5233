import type { Config } from '../../config.js';
import type { Comparison, Difference } from '../../event-store/copying/compare-stores.js';
import { AppendFailed } from '../../event-store/copying/copy-rest.js';
import { OutcomeUnknown, RevisionConflict, StoreUnavailable } from '../../event-store/errors.js';
import type { StoredEvent } from '../../event-store/event-store.js';
import { inNumbers } from './stage.js';

/** Where the stores part, without a word of what is in them: that is about people. */
export function differenceInWords({ place, source, target, differing }: Difference): string[] {
  const fields = differing.map((field) => (field === 'eventId' ? 'event id' : field));
  return [
    `The first difference is at event ${inNumbers(place)}:`,
    `  embedded store  ${eventInWords(source)}`,
    `  EventStoreDB    ${eventInWords(target)}`,
    ...(fields.length > 0 ? [`  not the same: ${fields.join(', ')}`] : []),
  ];
}

function eventInWords(event: StoredEvent | undefined): string {
  if (!event) return 'has no more events';
  const { stream, revision, eventId, type } = event;
  return `${stream}, revision ${revision}: ${type}, id ${eventId}`;
}

/** What each store holds, to be written down. */
export const contentsInWords = ({ source, target }: Comparison): string[] => [
  `  embedded store  ${inNumbers(source.events)} events, SHA-256 ${source.sha256}`,
  `  EventStoreDB    ${inNumbers(target.events)} events, SHA-256 ${target.sha256}`,
];

export const GO_ON = 'Run the same command again: it goes on from there.';

export function failureInWords({ group, done, cause }: AppendFailed): string[] {
  const stopped = `The copy stopped after ${inNumbers(done)} events, at ${eventInWords(group.events[0])}: ${cause.message}.`;
  if (cause instanceof StoreUnavailable || cause instanceof OutcomeUnknown) return [stopped, GO_ON];
  if (cause instanceof RevisionConflict) return [stopped, 'Somebody else writes to this EventStoreDB.'];
  return [stopped];
}

/** What whoever runs the service has to know, once the copy is found to be whole. */
export const whatNow = ({ dataDir, databaseUrl }: Config): string[] => [
  '',
  'Before the service is started with EVENTSTORE_URL:',
  ...(databaseUrl === undefined
    ? [
        '- Read models are made anew from EventStoreDB, by themselves.',
        `- Principals and API keys stay in access.db in ${dataDir} and go on working.`,
      ]
    : [
        '- Read models are made anew in PostgreSQL, by themselves.',
        '- Principals and API keys are in PostgreSQL too. Those in access.db are not taken along: make new ones, and let nobody',
        '  repeat a request under a new key that was sent under an old one: it would be recorded once more.',
      ]),
  '- Positions are given anew. A position or minPosition from before means nothing now: who follows the feed begins anew, and so do consumers.',
  '- Put events.db away as a backup. What a service recorded in it from now on would be missing in EventStoreDB.',
];

export const HELP = `
The service must be stopped, and nobody else may write to the EventStoreDB, which is empty or holds what an earlier run
has copied; anything else in it is refused, and nothing is written. EVENTSTORE_URL or EVENTSTORE_URL_FILE names it,
HABEAS_DATA the folder of the embedded store, which is only read.

The command may be interrupted or killed at any moment; the next run goes on after the last event that arrived. At the
end both stores are read whole and compared: streams, revisions, ids, types, the stored bytes, and their order.

Positions are not copied: EventStoreDB gives its own. Read models are made anew from them, who follows the feed begins
anew, and a minPosition from before means nothing. API keys are no part of the event store and are not copied.`;
