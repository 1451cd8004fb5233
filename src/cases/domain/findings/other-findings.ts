import type { FactType } from '../facts/facts.js';
import { exceeds, hoursDenied } from '../timeline/counsel.js';
import type { DatedFact } from '../timeline/docket.js';
import { factDayIn } from '../timeline/world.js';
import { counted, type Evidence, type FindingMaker } from './finding.js';

export const counselDenied: FindingMaker = ({ by }) => counted(by('CounselDenied'));

/** Denials certainly longer than the law leaves to let counsel in; how many. */
export const counselDeniedOverLimit: FindingMaker = ({ by, law }) =>
  counted(
    by('CounselDenied').filter((denial) => exceeds(hoursDenied(denial), law.accessToCounselHours.value)),
  );

export const hearingWithoutCounsel: FindingMaker = ({ by }) =>
  counted(by('HearingHeld').filter(({ data }) => data.counselPresent === false));

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
]);

const aboutThePerson = ({ book, day }: Evidence): DatedFact[] =>
  book.facts.filter((fact) => !ABOUT_THE_FILE.has(fact.type) && factDayIn('narrow', fact) <= day);

/** Facts for which nobody is named; how many. */
export const unsourced: FindingMaker = (evidence) =>
  counted(aboutThePerson(evidence).filter(({ sourced }) => !sourced));

/** Facts dated after the publication that tells of them; a planned hearing is told of beforehand. How many. */
export const dateAfterSource: FindingMaker = ({ book, day }) =>
  counted(
    // As recorded: what follows from other facts' dates is no fault of the source.
    book.docket.facts.filter(
      ({ type, on, published }, i) =>
        type !== 'HearingScheduled' &&
        published !== undefined &&
        on.earliest !== null &&
        on.earliest > published &&
        factDayIn('narrow', book.facts[i]!) <= day,
    ),
  );
