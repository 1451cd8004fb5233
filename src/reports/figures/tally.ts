import { besideEstimates } from './beside-estimates.js';
import { Calendar, EARLIER, PERIOD } from './calendar.js';
import { Calls } from './calls.js';
import { Cells } from './cells.js';
import { countConditions, countDenials } from './count-conditions.js';
import { countArrests, countCustody } from './count-custody.js';
import { countHeld } from './count-held.js';
import { countMissing } from './count-missing.js';
import { countFines, countSentences, summarise, type Spreads } from './count-penalties.js';
import { countCharges, countDecisions, NO_ARTICLE } from './count-proceedings.js';
import { DEFINITIONS, FIGURE_IDS } from './definitions.js';
import type { Figures, HeldPerson, MissingInFile, Question } from './figures.js';
import { HeldDays } from './held-days.js';
import type { InScope } from './in-scope.js';
import { linksIn, scopeOf, type Scope } from './scope.js';
import { DECISION_CLASSES, DENIAL_RESULTS, type Sheet } from './sheet.js';
import { Spread } from './statistics.js';
import { sumsOf } from './sums.js';

/**
 * Adds up what the cases contribute to every figure that a question asks for: sheet by sheet, in any order, keeping none. Give it
 * each case once.
 */
export class Tally {
  readonly #calendar: Calendar;
  readonly #cells: Cells;
  readonly #scope: Scope;
  readonly #calls: Calls;
  readonly #heldDays: InScope['heldDays'];
  readonly #spreads: Spreads = { terms: new Spread(), fines: new Map() };
  readonly #families = new Map([[NO_ARTICLE, NO_ARTICLE]]);
  readonly #held: HeldPerson[] = [];
  readonly #missing: MissingInFile[] = [];

  constructor(private readonly question: Question) {
    const { filters, register, members = false } = question;
    this.#calendar = new Calendar(question);
    this.#cells = new Cells(members);
    this.#scope = scopeOf(filters, register.campaigns);
    this.#calls = new Calls(question);
    const { firstDay, until } = this.#calendar;
    this.#heldDays = {
      narrow: new HeldDays('held_by_day', firstDay, until, members),
      wide: new HeldDays('held_by_day_wide', firstDay, until, members),
    };
  }

  /** Throws if the sheet does not hold for the day of the question. */
  add(sheet: Sheet): void {
    const { filters, asOf, lists } = this.question;
    if (sheet.asOf === undefined ? asOf < sheet.settledFrom : asOf !== sheet.asOf) {
      throw new Error(`the sheet of case ${sheet.caseId} does not hold for the day of the question`);
    }
    if (filters.caseId !== undefined && sheet.caseId !== filters.caseId) return;
    if (filters.role !== undefined && !sheet.roles?.includes(filters.role)) return;
    this.#cells.begin(sheet.caseId);
    const scope: InScope = {
      sheet,
      links: linksIn(sheet, this.#scope),
      calendar: this.#calendar,
      cells: this.#cells,
      asOf,
      heldDays: this.#heldDays,
    };
    countArrests(scope);
    countCharges(scope);
    countDecisions(scope);
    countSentences(scope, this.#spreads);
    countFines(scope, this.#spreads);
    countDenials(scope);
    countConditions(scope);
    countCustody(scope);
    this.#calls.count(scope);
    const held = countHeld(scope);
    const missing = countMissing(scope);
    for (const [article, family] of sheet.articles ?? []) this.#families.set(article, family);
    if (!lists) return;
    if (held) this.#held.push(held);
    this.#missing.push(...missing);
  }

  /** What has been added up so far; nothing is to be added after. */
  figures(): Figures {
    const { asOf, filters, lists } = this.question;
    const cells = this.#cells;
    this.#ensureAll();
    summarise(this.#spreads, cells);
    this.#heldDays.narrow.into(cells);
    this.#heldDays.wide.into(cells);
    this.#calls.into(cells);
    besideEstimates(this.question, cells);
    return {
      asOf,
      filters,
      ...cells.written(),
      sums: sumsOf(cells, this.#families),
      ...(lists ? { held: this.#held.sort(byCase), missing: this.#missing.sort(byCase) } : {}),
    };
  }

  /** Where nothing was counted, that is what is said. */
  #ensureAll(): void {
    const cells = this.#cells;
    for (const figure of FIGURE_IDS) if (!DEFINITIONS[figure].by) cells.ensure(figure);
    for (const outcome of DECISION_CLASSES) cells.ensure('decisions_by_outcome', outcome);
    for (const result of DENIAL_RESULTS) cells.ensure('counsel_denials_by_result', result);
    const { months, hasEarlier } = this.#calendar;
    for (const figure of FIGURE_IDS.filter((id) => DEFINITIONS[id].by === 'month')) {
      for (const { name } of months) cells.ensure(figure, name);
      if (hasEarlier) cells.ensure(figure, EARLIER);
      if (DEFINITIONS[figure].form === 'days_in_world') cells.ensure(figure, PERIOD);
    }
  }
}

const byCase = (a: { caseId: string }, b: { caseId: string }): number =>
  a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : 0;
