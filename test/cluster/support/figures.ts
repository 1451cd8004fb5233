import { answerTo, type Entry } from './journal.js';

/** How often what was answered how: `command 201`, `conditional command 412 stale-revision`, `history unanswered`. */
export function answersIn(entries: readonly Entry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    const name = `${nameOf(entry)} ${answerTo(entry)}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many answers settled what was asked; after any other it is to be asked again. */
export const settledIn = (entries: readonly Entry[]): number =>
  entries.filter(({ status }) => status !== undefined && status !== 503).length;

function nameOf(entry: Entry): string {
  if (entry.kind !== 'command') return entry.kind;
  if (entry.told?.replayed) return 'command repeated';
  return entry.ifRevision === undefined ? 'command' : 'conditional command';
}
