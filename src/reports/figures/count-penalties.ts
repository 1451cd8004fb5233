import { minorDigits } from '../../cases/domain/money/money.js';
import type { Cells } from './cells.js';
import { counts, type InScope } from './in-scope.js';
import { articleOf } from './count-proceedings.js';
import { LINE, type FineLineRow, type FineRow, type SentenceRow } from './sheet.js';
import { Spread } from './statistics.js';

/** How long the terms are, and how high the fines in each currency: what means and medians are worked out of. */
export interface Spreads {
  terms: Spread;
  fines: Map<string, Spread>;
}

export function countSentences(scope: InScope, spreads: Spreads): void {
  const { sheet, links, calendar, cells, asOf } = scope;
  let passed = 0;
  const net = { narrow: 0, wide: 0, sentences: 0 };
  for (const sentence of sheet.sentences ?? []) {
    const [on, charge, days, narrow = days, wide = days, undecided] = sentence;
    if (!calendar.has(on) || !links.charge(charge)) continue;
    cells.add('days_imposed_gross', '', undecided ? 0 : days, days);
    net.sentences += 1;
    net.narrow += narrow;
    net.wide += wide;
    const [article, family] = articleOf(sheet, charge);
    cells.add('days_imposed_by_article', article, undecided ? 0 : days, days);
    cells.add('days_imposed_by_family', family, undecided ? 0 : days, days);
    const month = calendar.rowOf(on);
    cells.add('days_imposed_by_month', month.row, undecided ? 0 : days, days);
    if (undecided) continue;
    passed += 1;
    countPenalty(scope, sentence, 'sentences');
    spreads.terms.add(BigInt(days));
    for (const figure of TERM_FIGURES) cells.behind(figure, '', days);
  }
  if (net.sentences > 0) {
    cells.add('days_imposed_net', '', Math.min(net.narrow, net.wide), Math.max(net.narrow, net.wide));
  }
  if (passed < 2) return;
  cells.person('persons_sentenced_repeatedly');
  const run = sheet.runs?.findLast(([from]) => from <= asOf)?.[1] ?? 0;
  if (run >= 2) cells.atMost('longest_run', run);
}

const STATISTICS = ['mean', 'median', 'least', 'greatest'] as const;
const TERM_FIGURES = STATISTICS.map((name) => `term_${name}` as const);
const FINE_FIGURES = STATISTICS.map((name) => `fine_${name}` as const);

function countPenalty(
  { sheet, calendar, cells }: InScope,
  [on, charge]: SentenceRow | FineRow,
  kind: 'sentences' | 'fines',
): void {
  const uncertain = calendar.isUncertain(on);
  const [article, family] = articleOf(sheet, charge);
  const month = calendar.rowOf(on);
  cells.count('penalties', '', uncertain);
  cells.count(kind, '', uncertain);
  cells.count(`${kind}_by_month`, month.row, month.uncertain);
  cells.count(`${kind}_by_article`, article, uncertain);
  cells.count(`${kind}_by_family`, family, uncertain);
  cells.person('persons_penalised', '', uncertain);
  cells.person(kind === 'sentences' ? 'persons_sentenced' : 'persons_fined', '', uncertain);
  cells.person('persons_documented');
}

export function countFines(scope: InScope, spreads: Spreads): void {
  for (const fine of scope.sheet.fines ?? []) {
    const [on, charge, lines, hundredths = 0] = fine;
    if (!counts(scope, on) || !scope.links.charge(charge)) continue;
    countPenalty(scope, fine, 'fines');
    for (const line of lines) countLine(scope, line, hundredths, spreads);
  }
}

function countLine(
  { cells }: InScope,
  [currency, imposed, net = imposed, paid = 0, refunded = 0, outstanding = net, flags = 0]: FineLineRow,
  hundredths: number,
  spreads: Spreads,
): void {
  cells.add('fine_count', currency, 1);
  const gross = BigInt(imposed);
  cells.money('fines_gross', currency, gross);
  cells.money('fines_net', currency, BigInt(net));
  cells.money('fines_paid', currency, BigInt(paid));
  cells.money('fines_refunded', currency, BigInt(refunded));
  cells.money('fines_outstanding', currency, BigInt(outstanding));
  if (hundredths > 0) cells.add('base_units', currency, hundredths);
  if (flags & LINE.atLeast) cells.person('fines_at_least', currency);
  // Paid in a currency in which nothing was imposed.
  if (gross === 0n) return;
  let spread = spreads.fines.get(currency);
  if (!spread) spreads.fines.set(currency, (spread = new Spread()));
  spread.add(gross);
  for (const figure of FINE_FIGURES) cells.behind(figure, currency, Number(gross));
}

/** Means and the like of what is imposed: of terms in days, of fines in each currency by itself. */
export function summarise({ terms, fines }: Spreads, cells: Cells): void {
  const days = terms.summary(0);
  for (const name of days ? STATISTICS : []) {
    const value = days![name].replace(/\.?0+$/, '');
    cells.set(`term_${name}`, '', { kind: 'decimal', unit: 'days', value });
  }
  for (const [currency, spread] of fines) {
    const amounts = spread.summary(minorDigits(currency));
    for (const name of amounts ? STATISTICS : []) {
      cells.set(`fine_${name}`, currency, {
        kind: 'decimal',
        unit: 'money',
        value: amounts![name],
        currency,
      });
    }
  }
}
