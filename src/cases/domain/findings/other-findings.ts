import type { FactType } from '../facts/facts.js';
import type { Law } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
import { exceeds, hoursDenied } from '../timeline/counsel.js';
import type { DatedFact } from '../timeline/docket.js';
import { among } from './among.js';
import type { FindingMaker } from './finding.js';

export const counselDenied: FindingMaker = among((book) => book.of('CounselDenied'));

const longDenials = (book: Casebook, law: Law): DatedFact[] =>
  book.of('CounselDenied').filter((denial) => exceeds(hoursDenied(denial), law.accessToCounselHours.value));

/** Denials certainly longer than the law leaves to let counsel in; how many. */
export const counselDeniedOverLimit: FindingMaker = among(longDenials);

const hearingsWithoutCounsel = (book: Casebook): DatedFact[] =>
  book.of('HearingHeld').filter(({ data }) => data.counselPresent === false);

export const hearingWithoutCounsel: FindingMaker = among(hearingsWithoutCounsel);

/** Facts about the file and about who the person is: they happen on no date and want no source. */
const ABOUT_THE_FILE: ReadonlySet<FactType> = new Set([
  'CaseOpened',
  'NameRecorded',
  'RoleRecorded',
  'NoteAdded',
  'ConsentRecorded',
  'ConsentWithdrawn',
  'CaseClosed',
  'CaseReopened',
  'CaseMerged',
  'CaseAbsorbed',
  'CaseUnmerged',
  'CaseReleasedFromMerge',
  'CaseRestricted',
  'CaseUnrestricted',
  'ErasureRequested',
  'SubjectErasureStarted',
  'SubjectErased',
  'EvidenceAttached',
  'ExportIssued',
]);

const withoutSource = (book: Casebook): DatedFact[] =>
  book.facts.filter(({ type, sourced }) => !sourced && !ABOUT_THE_FILE.has(type));

/** Facts for which nobody is named; how many. */
export const unsourced: FindingMaker = among(withoutSource);

/** Dates as recorded: what follows from other facts' dates is no fault of the source. */
const datedAfterSource = ({ docket, facts }: Casebook): DatedFact[] =>
  facts.filter(({ type, published }, i) => {
    const { earliest } = docket.facts[i]!.on;
    return (
      type !== 'HearingScheduled' && published !== undefined && earliest !== null && earliest > published
    );
  });

/** Facts dated after the publication that tells of them; a planned hearing is told of beforehand. How many. */
export const dateAfterSource: FindingMaker = among(datedAfterSource);
