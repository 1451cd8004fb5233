import { answerTo, type CaseRead, type Entry } from '../journal.js';

/** 503 stands for what is to be asked again. */
const statusesOf = (entry: Entry): readonly number[] => {
  if (entry.kind !== 'command') return [200, 503];
  return entry.ifRevision === undefined ? [201, 503] : [201, 412, 503];
};

/** However often it is asked again: what was sealed for one place was found in another. */
const DAMAGED = 'sealed-data-damaged';

/** Nobody was answered in a way that this work gives no reason for. */
export function answerFaults(entries: readonly Entry[]): string[] {
  return entries
    .filter((entry) => entry.status !== undefined)
    .filter((entry) => entry.code === DAMAGED || !statusesOf(entry).includes(entry.status ?? 0))
    .map((entry) => `${entry.caller} was answered ${answerTo(entry)} to a ${entry.kind} by ${entry.at}`);
}

/** The read model does not go back for anybody, whichever process is asked. */
export function sessionFaults(entries: readonly Entry[]): string[] {
  const reads = entries.filter(
    (entry): entry is CaseRead => entry.kind === 'case' && entry.shown !== undefined,
  );
  return [...Map.groupBy(reads, ({ caller }) => caller).values()].flatMap((session) =>
    session.flatMap(({ caller, shown }, place) => {
      const before = session[place - 1]?.shown?.revision ?? 0;
      const now = shown?.revision ?? 0;
      return now < before ? [`${caller} read revision ${now} after ${before}`] : [];
    }),
  );
}
