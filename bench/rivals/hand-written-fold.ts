import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Data = Record<string, unknown>;

interface Summary {
  caseId: string;
  held: number;
  arrests: number;
  charges: number;
  decisions: number;
  sentences: number;
  days: number;
  fines: number;
  fined: number;
  counselDenials: number;
  lastAt: string;
}

/**
 * What somebody would write in an afternoon: reads every row of the event store in order, parses it, keeps one summary for
 * each case in memory and writes them all to one table at the end. It knows no corrections, no uncertain dates, no law, no
 * names (they are sealed), no search and no checkpoint. Gives the facts per second.
 */
export function foldByHand(dataDir: string, into: string): number {
  const store = new DatabaseSync(join(dataDir, 'events.db'), { readOnly: true });
  const rows = store
    .prepare(
      'SELECT s.name, e.type, e.payload FROM events e JOIN streams s ON s.id = e.stream_id ORDER BY e.position',
    )
    .iterate() as Iterable<{ name: string; type: string; payload: string }>;

  const began = performance.now();
  const summaries = new Map<string, Summary>();
  let facts = 0;
  for (const { name, type, payload } of rows) {
    let summary = summaries.get(name);
    if (!summary) summaries.set(name, (summary = emptySummary(name)));
    evolve(summary, type, (JSON.parse(payload) as { data: Data }).data);
    facts++;
  }
  write(into, summaries);
  const seconds = (performance.now() - began) / 1000;
  store.close();
  return facts / seconds;
}

const emptySummary = (caseId: string): Summary => ({
  caseId,
  held: 0,
  arrests: 0,
  charges: 0,
  decisions: 0,
  sentences: 0,
  days: 0,
  fines: 0,
  fined: 0,
  counselDenials: 0,
  lastAt: '',
});

function evolve(summary: Summary, type: string, data: Data): void {
  if (typeof data['at'] === 'string' && data['at'] > summary.lastAt) summary.lastAt = data['at'];
  switch (type) {
    case 'Arrested':
      summary.arrests++;
      summary.held = 1;
      return;
    case 'Released':
      summary.held = 0;
      return;
    case 'Charged':
      summary.charges++;
      return;
    case 'DecisionRendered':
      summary.decisions++;
      return;
    case 'Sentenced':
      summary.sentences++;
      summary.days += Number(data['days']);
      return;
    case 'Fined':
      summary.fines++;
      summary.fined += Number((data['amount'] as { value: string } | undefined)?.value ?? 0);
      return;
    case 'CounselDenied':
      summary.counselDenials++;
  }
}

function write(file: string, summaries: ReadonlyMap<string, Summary>): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec(`
    CREATE TABLE cases (
      case_id TEXT PRIMARY KEY, held INTEGER, arrests INTEGER, charges INTEGER, decisions INTEGER,
      sentences INTEGER, days INTEGER, fines INTEGER, fined REAL, counsel_denials INTEGER, last_at TEXT
    ) STRICT;
    BEGIN;
  `);
  const insert = db.prepare('INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const summary of summaries.values()) insert.run(...(Object.values(summary) as (string | number)[]));
  db.exec('COMMIT');
  db.close();
}
