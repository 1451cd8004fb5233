import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { HabeasError } from '../errors.js';
import type { Position } from '../event-store/event-store.js';
import type { Members } from '../ledger/sealed-fields.js';
import type { SealedBox } from '../ledger/sealing.js';
import { Unsealing } from '../ledger/unsealing.js';
import { Projections } from '../projections/projections.js';
import type { Principal } from '../security/roles.js';
import { ErasedCases } from './erased-cases.js';
import { AccessEntries, type EntryCriteria } from './read-model/access-entries.js';
import { ACCESS_LOG } from './read-model/access-log-read-model.js';
import type { EntryRow } from './read-model/entry-tables.js';

const LONGEST_WAIT_MS = 5_000;
const ERASED = Object.freeze({ erased: true as const });

interface ListedEntry {
  entryId: string;
  /** RFC 3339. */
  at: string;
  principalId: string;
  type: string;
  route: string;
  caseIds: string[];
  /** Of a read. */
  fields?: string;
  evidenceId?: string;
  /** Of a refusal. */
  status?: number;
  code?: string;
  correlationId: string;
  /** Erased, where the entry names a case that is: in whatever words, it may tell of the person. */
  purpose?: string | { erased: true };
  /** There was a purpose, and it cannot be opened any more. */
  purposeUnreadable?: true;
}

type ShownPurpose = Pick<ListedEntry, 'purpose' | 'purposeUnreadable'>;

export interface AccessPage {
  /** The latest first. */
  items: ListedEntry[];
  /** The position to go on before; undefined: this is the last page. */
  next: Position | undefined;
}

export interface AccessQuestion extends EntryCriteria {
  before?: Position;
  limit: number;
  minPosition?: string;
}

/** The access log as one who asks may see it: auditors all of it, everybody else what they have done themselves. */
@Injectable()
export class ListAccess {
  constructor(
    private readonly entries: AccessEntries,
    private readonly unsealing: Unsealing,
    private readonly erased: ErasedCases,
    private readonly projections: Projections,
  ) {}

  async page(
    viewer: Principal,
    { before, limit, minPosition, ...criteria }: AccessQuestion,
  ): Promise<AccessPage> {
    const principalId = whose(viewer, criteria.principalId);
    if (minPosition !== undefined) await this.projections.waitFor(ACCESS_LOG, minPosition, LONGEST_WAIT_MS);
    // One more than asked for tells whether there is a next page.
    const found = await this.entries.page({ ...criteria, principalId }, before, limit + 1);
    const page = found.slice(0, limit);
    const purposes = await this.#purposes(page);
    return {
      items: page.map((row) => ({ ...listed(row), ...purposes.get(row.event_id) })),
      next: found.length > limit ? page.at(-1)?.position : undefined,
    };
  }

  /** Opened for the page that is shown, and kept nowhere. */
  async #purposes(page: readonly Selectable<EntryRow>[]): Promise<ReadonlyMap<string, ShownPurpose>> {
    const given = page.flatMap(({ sealed, ...row }) =>
      sealed === null ? [] : [{ ...row, sealed: JSON.parse(sealed) as SealedBox, caseIds: caseIdsIn(row) }],
    );
    const erased = await this.erased.among([...new Set(given.flatMap(({ caseIds }) => caseIds))]);
    const withheld = given.filter(({ caseIds }) => caseIds.some((caseId) => erased.has(caseId)));
    const boxes = given
      .filter((row) => !withheld.includes(row))
      .map(({ event_id: eventId, stream, revision, type, sealed }) => ({
        eventId,
        stream,
        revision,
        type,
        sealed,
      }));
    const opened = await this.unsealing.open(boxes);
    const shown = new Map<string, ShownPurpose>(
      withheld.map(({ event_id }) => [event_id, { purpose: ERASED }]),
    );
    boxes.forEach(({ eventId }, place) => shown.set(eventId, purposeIn(opened[place])));
    return shown;
  }
}

function purposeIn(members: Members | string | undefined): ShownPurpose {
  const purpose = typeof members === 'object' ? members['purpose'] : undefined;
  return typeof purpose === 'string' ? { purpose } : { purposeUnreadable: true };
}

const caseIdsIn = ({ case_ids }: Pick<EntryRow, 'case_ids'>): string[] => JSON.parse(case_ids) as string[];

function whose({ principalId, roles }: Principal, asked: string | undefined): string | undefined {
  if (roles.includes('auditor')) return asked;
  if (asked === undefined || asked === principalId) return principalId;
  throw new HabeasError('forbidden', 'own-entries-only', 'only an auditor sees the entries of others', {
    errors: [{ pointer: '/query/principalId', message: 'is not your own' }],
  });
}

const listed = (row: Selectable<EntryRow>): ListedEntry => ({
  entryId: row.event_id,
  at: row.recorded_at,
  principalId: row.principal_id,
  type: row.type,
  route: row.route,
  caseIds: caseIdsIn(row),
  ...(row.fields === null ? {} : { fields: row.fields }),
  ...(row.evidence_id === null ? {} : { evidenceId: row.evidence_id }),
  ...(row.status === null ? {} : { status: row.status }),
  ...(row.code === null ? {} : { code: row.code }),
  correlationId: row.correlation_id,
});
