import type { OwnLog, ProvenStore } from '../../evidence/verify-whole-store.js';
import type { Checkpoint } from '../../transparency/note/checkpoint.js';
import { inNumbers } from '../migrate/stage.js';

/** What was checked and what was not, for somebody who is no programmer. `isKeyGiven`: signatures were checked by it. */
export function storeInWords(
  { events, log, known }: ProvenStore,
  { place, isKeyGiven }: { place: string; isKeyGiven: boolean },
): string[] {
  const isSigned = isKeyGiven && (known !== undefined || log?.checkpoint !== undefined);
  return [
    `${isSigned ? 'PROVEN' : 'NO FAULT FOUND'}: ${place}`,
    `- ${inNumbers(events)} events were read: each is as it was recorded, and stands behind the one before it in its stream.`,
    ...(log ? logInWords(log, events) : []),
    ...(known ? knownInWords(known, log) : []),
    ...notChecked({ events, log, known, isKeyGiven }).map((line) => `NOT CHECKED: ${line}`),
    'What is sealed stays sealed: names and texts are proven to be unaltered, not shown.',
  ];
}

function logInWords({ origin, size, begunAnew, checkpoint }: OwnLog, events: number): string[] {
  const newer = events - size;
  return [
    `- The log "${origin}", which lies with them, has ${inNumbers(size)} of them, each in its place.${newer > 0 ? ` It has not come to the last ${inNumbers(newer)} yet.` : ''}`,
    ...(begunAnew === null
      ? []
      : [`- That log was begun beside an older one, for this reason: ${begunAnew}`]),
    ...(checkpoint
      ? [`- The first ${inNumbers(checkpoint.size)} are those that its last checkpoint was signed for.`]
      : []),
  ];
}

const knownInWords = (known: Checkpoint, log: OwnLog | undefined): string[] => [
  `- The first ${inNumbers(known.size)} are those of the checkpoint that you have kept: since it was signed, none of them was altered, taken out or put in.`,
  ...(log && log.origin !== known.origin
    ? [`- Your checkpoint is one of the log "${known.origin}", which has been given up since.`]
    : []),
];

function notChecked({ events, log, known, isKeyGiven }: ProvenStore & { isKeyGiven: boolean }): string[] {
  const isAnySigned = known !== undefined || log?.checkpoint !== undefined;
  const unsigned = events - Math.max(log?.checkpoint?.size ?? 0, known?.size ?? 0);
  return [
    ...(isAnySigned && !isKeyGiven
      ? ['who signed. Anybody can write a checkpoint; give --key, had from elsewhere than this store.']
      : []),
    ...(log ? [] : [withoutLog(known)]),
    ...(log && unsigned > 0
      ? [
          `the last ${inNumbers(unsigned)} events. No signature covers them yet: all that is known is that nothing in them contradicts the rest.`,
        ]
      : []),
    ...(known
      ? []
      : [
          'whether the end is missing. Cut off together with its log, a store cannot be told from a younger one; give --known.',
        ]),
  ];
}

const withoutLog = (known: Checkpoint | undefined): string =>
  `${known ? 'what is newer than your checkpoint' : 'the order of events, and whether all are here'}: there is no log beside them.`;
