import { Injectable } from '@nestjs/common';
import { CaseHistories, type KnownBy } from '../../cases/case-history.js';
import { caseNotFound } from '../../cases/case-not-found.js';
import { LawBook } from '../../cases/law-book.js';
import type { AskedIn } from '../../cases/queries/settled-instant.js';
import { sightOf, type Viewer } from '../../cases/queries/viewer.js';
import { HabeasError, type ErrorKind } from '../../errors.js';
import { RegisterBook } from '../../register/register-book.js';
import type { Filters, ReportName } from '../content/content.js';
import { requireKnown } from './known-filters.js';

/** Whether the case is there for whoever asks: figures about one case would else tell of it. Reports speak of no person to a reporter. */
export const mayKnowOf = (viewer: Viewer, readers: readonly string[] | undefined): boolean =>
  sightOf(viewer, readers) !== 'none' || (readers === undefined && viewer.roles.includes('reporter'));

/** What a report is narrowed to, held to what there is. */
@Injectable()
export class AskedFilters {
  constructor(
    private readonly histories: CaseHistories,
    private readonly book: RegisterBook,
    private readonly lawBook: LawBook,
  ) {}

  /**
   * The filters, with the case that answered for the one asked for; `part`: where they were asked. Throws `malformed` where something is
   * missing, what `requireKnown` throws, `unknown-campaign` and `case-not-found`.
   */
  async check(
    report: ReportName,
    filters: Filters,
    known: KnownBy,
    viewer: Viewer,
    part: AskedIn = 'query',
  ): Promise<Filters> {
    const { from, to, campaignId, caseId } = filters;
    if (report === 'person' && caseId === undefined)
      throw needed(part, 'caseId', 'a dossier is about one case');
    if (report === 'person') requireWholeFile(part, filters);
    if (report === 'campaign' && campaignId === undefined)
      throw needed(part, 'campaignId', 'this report is about one campaign');
    if (from !== undefined && to !== undefined && to < from)
      throw fault('malformed', `invalid-${part}`, 'the period ends before it begins', {
        pointer: `/${part}/to`,
        message: 'is before `from`',
      });
    requireKnown(filters, this.lawBook.law, part);
    if (campaignId !== undefined) await this.#requireCampaign(campaignId, known, part);
    // What is not asked for does not stand there, not even as undefined.
    const given = Object.fromEntries(
      Object.entries(filters).filter(([, value]) => value !== undefined),
    ) as Filters;
    return caseId === undefined ? given : { ...given, caseId: await this.#answering(caseId, known, viewer) };
  }

  async #requireCampaign(campaignId: string, known: KnownBy, part: AskedIn): Promise<void> {
    const { campaigns } = await this.book.load(known);
    if (campaigns.some((one) => one.campaignId === campaignId)) return;
    throw fault('semantic', 'unknown-campaign', 'there is no such campaign', {
      pointer: `/${part}/campaignId`,
      message: 'is no campaign that was known then',
    });
  }

  async #answering(caseId: string, known: KnownBy, viewer: Viewer): Promise<string> {
    const history = await this.histories.load(caseId, known);
    if (!history) throw caseNotFound();
    // Who may see it is a question of today, and of each case that it was made of then.
    const readers = await Promise.all(
      [history.caseId, ...history.mergedFrom].map((one) => this.histories.readersOf(one)),
    );
    if (!readers.every((one) => mayKnowOf(viewer, one))) throw caseNotFound();
    return history.caseId;
  }
}

/** A dossier that says it is of a period, and is not, misleads whoever is handed it. */
function requireWholeFile(part: AskedIn, { caseId: _, ...others }: Filters): void {
  const narrowing = Object.entries(others).find(([, value]) => value !== undefined);
  if (!narrowing) return;
  throw fault('malformed', `invalid-${part}`, 'a dossier is of the whole file', {
    pointer: `/${part}/${narrowing[0]}`,
    message: 'does not narrow a dossier',
  });
}

const needed = (part: AskedIn, member: string, detail: string): HabeasError =>
  fault('malformed', `invalid-${part}`, detail, { pointer: `/${part}/${member}`, message: 'is needed' });

const fault = (
  kind: ErrorKind,
  code: string,
  detail: string,
  error: { pointer: string; message: string },
): HabeasError => new HabeasError(kind, code, detail, { errors: [error] });
