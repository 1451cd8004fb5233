import type { CaseRead, Entry, HistoryRead } from '../journal.js';
import type { StoredEvent } from './final-history.js';

/** Every read shows the final history as far as some revision, and nothing else. */
export function readFaults(entries: readonly Entry[], final: readonly StoredEvent[]): string[] {
  const places = final.map(({ eventId, revision }) => `${revision} ${eventId}`);
  const decisions = countedUp(final, 'DecisionRendered');
  return entries.flatMap((entry) => {
    if (entry.kind === 'history') return historyFaults(entry, places);
    if (entry.kind === 'case') return caseFaults(entry, decisions);
    return [];
  });
}

function historyFaults({ caller, seen }: HistoryRead, places: readonly string[]): string[] {
  const wrong = seen?.findIndex(({ eventId, revision }, place) => places[place] !== `${revision} ${eventId}`);
  return wrong === undefined || wrong === -1
    ? []
    : [
        `${caller} read another history: of ${seen?.length} events the one in place ${wrong} is not the final one`,
      ];
}

/** The read model may lag; what it shows is the case at the revision that it says. */
function caseFaults({ caller, atLeast, shown }: CaseRead, decisions: readonly number[]): string[] {
  if (!shown) return [];
  const { revision } = shown;
  if (revision >= decisions.length) return [`${caller} read revision ${revision}, which there never was`];
  return [
    ...(revision < (atLeast ?? 0) ? [`${caller} asked for revision ${atLeast} and read ${revision}`] : []),
    ...(shown.decisions === decisions[revision]
      ? []
      : [
          `${caller} read ${shown.decisions} decisions at revision ${revision} and not ${decisions[revision]}`,
        ]),
  ];
}

/** How many events of a type there are up to each revision. */
function countedUp(final: readonly StoredEvent[], type: string): number[] {
  let count = 0;
  return final.map((event) => (count += event.type === type ? 1 : 0));
}
