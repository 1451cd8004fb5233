/** What Emmett is given to project into: the same table, with the same columns, as the hand-written loop makes. */
export const SUMMARY_COLUMNS = `
  case_id TEXT PRIMARY KEY, name TEXT, held INTEGER DEFAULT 0, arrests INTEGER DEFAULT 0, charges INTEGER DEFAULT 0,
  decisions INTEGER DEFAULT 0, sentences INTEGER DEFAULT 0, days INTEGER DEFAULT 0, fines INTEGER DEFAULT 0,
  fined REAL DEFAULT 0, counsel_denials INTEGER DEFAULT 0, last_at TEXT DEFAULT ''`;

type Data = Record<string, unknown>;

/** By the type of the fact: what becomes of which column in the row of its case, besides the last date. */
export const SUMMARY_CHANGES: Record<string, (data: Data) => Record<string, string>> = {
  CaseOpened: ({ person }) => ({ name: text((person as { names: { form: string }[] }).names[0]?.form) }),
  Arrested: () => ({ arrests: 'arrests + 1', held: '1' }),
  Released: () => ({ held: '0' }),
  Charged: () => ({ charges: 'charges + 1' }),
  DecisionRendered: () => ({ decisions: 'decisions + 1' }),
  Sentenced: ({ days }) => ({ sentences: 'sentences + 1', days: `days + ${Number(days)}` }),
  Fined: ({ amount }) => ({
    fines: 'fines + 1',
    fined: `fined + ${Number((amount as { value: string }).value)}`,
  }),
  CounselDenied: () => ({ counsel_denials: 'counsel_denials + 1' }),
};

/**
 * The one statement that a fact takes; none for those that are not shown. `later` gives the SQL for the later of two texts.
 */
export function summarySql(
  { type, data, metadata }: { type: string; data: Data; metadata: { streamName: string } },
  later: (one: string, other: string) => string,
): string[] {
  const changes = SUMMARY_CHANGES[type]?.(data);
  if (!changes) return [];
  const [id, at] = [text(metadata.streamName), text(data['at'])];
  if (type === 'CaseOpened') {
    const columns = ['case_id', 'last_at', ...Object.keys(changes)].join(', ');
    const values = [id, at, ...Object.values(changes)].join(', ');
    return [`INSERT INTO case_summaries (${columns}) VALUES (${values}) ON CONFLICT DO NOTHING`];
  }
  const set = Object.entries({ ...changes, last_at: later('last_at', at) }).map((change) =>
    change.join(' = '),
  );
  return [`UPDATE case_summaries SET ${set.join(', ')} WHERE case_id = ${id}`];
}

/** A text as SQL writes it. */
const text = (value: unknown): string => `'${String(value ?? '').replaceAll("'", "''")}'`;
