import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Seen {
  name?: string;
  roles: string[];
  arrests: number;
  held: number;
  days: number;
  fines: number;
  denials: number;
  hearings: number;
  article?: string;
  releasedAt?: string;
}

/**
 * What somebody would write who needs one table and nothing else: reads the stored events in order, parses and folds each into its
 * case, and writes the cases that changed, many to a transaction. No dates are worked out, nothing is parked, nothing is
 * looked up twice. Gives the events read.
 */
export function plainLoop(folder: string): number {
  const store = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  const target = new DatabaseSync(join(folder, 'loop.db'));
  target.exec('pragma journal_mode = wal; pragma synchronous = full');
  target.exec(
    'drop table if exists cases; create table cases (case_id text primary key, revision integer, seen text)',
  );
  const put = target.prepare(
    'insert into cases values (?, ?, ?) on conflict do update set revision = excluded.revision, seen = excluded.seen',
  );
  const rows = store.prepare(
    'select s.name, e.revision, e.type, e.payload from events e cross join streams s on s.id = e.stream_id order by e.position',
  );
  rows.setReturnArrays(true);

  const cases = new Map<string, Seen>();
  let changed = new Map<string, number>();
  const write = (): void => {
    target.exec('begin');
    for (const [caseId, revision] of changed) put.run(caseId, revision, JSON.stringify(cases.get(caseId)));
    target.exec('commit');
    changed = new Map();
  };

  let events = 0;
  for (const row of rows.iterate() as Iterable<unknown>) {
    const [stream, revision, type, payload] = row as [string, number, string, string];
    const caseId = stream.slice('case-'.length);
    let seen = cases.get(caseId);
    if (!seen)
      cases.set(
        caseId,
        (seen = { roles: [], arrests: 0, held: 0, days: 0, fines: 0, denials: 0, hearings: 0 }),
      );
    fold(seen, type, JSON.parse(payload) as Record<string, never>);
    changed.set(caseId, revision);
    events += 1;
    if (events % 4096 === 0) write();
  }
  write();
  store.close();
  target.close();
  return events;
}

function fold(seen: Seen, type: string, data: Record<string, never>): void {
  switch (type) {
    case 'CaseOpened': {
      const { names, roles } = data['person'] as unknown as { names: { form: string }[]; roles: string[] };
      seen.name = names[0]?.form ?? '';
      seen.roles = roles;
      break;
    }
    case 'Arrested':
      seen.arrests += 1;
      seen.held += 1;
      break;
    case 'CounselDenied':
      seen.denials += 1;
      break;
    case 'Charged':
      seen.article = (data['provision'] as unknown as { article: string } | undefined)?.article ?? '';
      break;
    case 'HearingHeld':
      seen.hearings += 1;
      break;
    case 'Sentenced':
      seen.days += data['days'] as unknown as number;
      break;
    case 'Fined':
      seen.fines += 1;
      break;
    case 'Released':
      seen.held -= 1;
      seen.releasedAt = data['at'] as unknown as string;
      break;
    default:
  }
}
