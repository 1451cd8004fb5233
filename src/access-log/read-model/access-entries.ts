import { sql, type Selectable } from 'kysely';
import type { Position } from '../../event-store/event-store.js';
import type { EntryDatabase, EntryRow } from './entry-tables.js';

export interface EntryCriteria {
  caseId?: string;
  principalId?: string;
  evidenceId?: string;
  /** Instants as `toISOString` writes them: from this one on, */
  from?: string;
  /** and before that one. */
  to?: string;
}

/** Reads what the access log's read model has written. Each statement of both tables names `access_entries` first. */
export class AccessEntries {
  constructor(private readonly database: EntryDatabase) {}

  /** The latest first, from before a position on. */
  page(
    { caseId, principalId, evidenceId, from, to }: EntryCriteria,
    before: Position | undefined,
    limit: number,
  ): Promise<Selectable<EntryRow>[]> {
    let entries = this.database.selectFrom('access_entries as entry').selectAll('entry');
    if (principalId !== undefined) entries = entries.where('entry.principal_id', '=', principalId);
    if (evidenceId !== undefined) entries = entries.where('entry.evidence_id', '=', evidenceId);
    if (from !== undefined) entries = entries.where('entry.recorded_at', '>=', from);
    if (to !== undefined) entries = entries.where('entry.recorded_at', '<', to);
    if (before !== undefined) entries = entries.where('entry.position', '<', before);
    if (caseId !== undefined)
      entries = entries.where(
        sql<boolean>`entry.position in (select position from access_cases where case_id = ${caseId})`,
      );
    return entries.orderBy('entry.position', 'desc').limit(limit).execute();
  }
}
