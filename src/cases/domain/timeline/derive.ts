import type { Day } from '../dates/day.js';
import type { Person } from '../facts/case-facts.js';
import type { Evidence, Finding } from '../findings/finding.js';
import { findingsOf } from '../findings/findings.js';
import type { Law } from '../law/law.js';
import { casebookOf, type Casebook } from './casebook.js';
import { chronicleOf, custodyOn, type Chronicle } from './chronicle.js';
import { custodyAnswer, expectedRelease, type CustodyAnswer } from './custody-answer.js';
import type { Docket } from './docket.js';
import { figuresOn, standingFiguresOn } from './figures.js';
import { listsOn, type Lists } from './lists.js';
import { once } from './once.js';
import { isClosed, personIn } from './person.js';
import { totalsOn, type Totals } from './totals.js';
import { worldOf, type World, type WorldDay } from './world.js';

/** A case on a day, as far as its docket tells. */
export interface DerivedCase extends Lists {
  closed: boolean;
  person: Person & { summary?: string };
  custody: CustodyAnswer;
  totals: Totals;
  findings: Finding[];
}

/** A docket made ready to be asked about any number of days. */
export interface Reading {
  book: Casebook;
  narrow: Chronicle;
  wide: () => Chronicle;
  law: Law;
  /** True where every date is exact and no detention is left open beside another: the worlds then have the same status every day. */
  oneWorld: boolean;
  findingsOn: (evidence: Evidence) => Finding[];
}

export function read(docket: Docket, law: Law): Reading {
  const book = casebookOf(docket);
  const narrow = chronicleOf(worldOf(book, 'narrow'));
  return {
    book,
    narrow,
    wide: once(() => chronicleOf(worldOf(book, 'wide'))),
    law,
    oneWorld: isOneWorld(book, narrow.world),
    findingsOn: findingsOf(book, law),
  };
}

const isOneWorld = ({ facts, sentences }: Casebook, { detentions }: World): boolean =>
  facts.every(({ on }) => on.earliest === on.latest) &&
  sentences.every(
    ({ fact: { creditedFrom } }) => !creditedFrom || creditedFrom.earliest === creditedFrom.latest,
  ) &&
  detentions.every(({ end }, i) => i + 1 === detentions.length || end <= detentions[i + 1]!.start);

/** The answer as of a day. The same docket, day and law give the same answer, whatever the order of recording and whenever asked. */
export const derive = (docket: Docket, asOf: Day, law: Law): DerivedCase => answerOn(read(docket, law), asOf);

export function answerOn(reading: Reading, day: Day): DerivedCase {
  const { book, narrow: chronicle, law } = reading;
  const wideChronicle = reading.wide();
  const narrow = figuresOn(book, chronicle, day);
  const wide = figuresOn(book, wideChronicle, day);
  return {
    closed: isClosed(book.docket),
    person: personIn(book.docket),
    custody: custodyAnswer(book, { narrow: chronicle, wide: wideChronicle }, day, narrow, wide),
    totals: totalsOn(book, law, day, narrow, wide),
    ...listsOn(book, chronicle.world, law, day),
    findings: reading.findingsOn({ book, chronicle, figures: narrow, law, day }),
  };
}

/** What a list needs of a case on a day, and nothing that changes from one day to the next by itself. */
export interface Outline {
  status: CustodyAnswer['status'];
  wideStatus: CustodyAnswer['status'];
  findings: Finding['code'][];
  /** Null is an open end. */
  expectedRelease: { earliest: Day | null; latest: Day | null } | null;
}

export function outlineOn(reading: Reading, day: WorldDay): Outline {
  const { book, narrow: chronicle, law } = reading;
  const narrow = standingFiguresOn(book, chronicle, day);
  // Where the worlds have the same days they differ in what they count, not in what is so.
  const wide = reading.oneWorld ? narrow : standingFiguresOn(book, reading.wide(), day);
  const expected = expectedRelease(narrow, wide);
  const figures = custodyOn(chronicle, day);
  return {
    status: narrow.standing.status,
    wideStatus: wide.standing.status,
    findings: reading.findingsOn({ book, chronicle, figures, law, day }).map(({ code }) => code),
    expectedRelease: expected && { earliest: finite(expected.earliest), latest: finite(expected.latest) },
  };
}

const finite = (day: WorldDay): Day | null => (Number.isFinite(day) ? day : null);
