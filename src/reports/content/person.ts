import { parseDay } from '../../cases/domain/dates/day.js';
import { isUnconfirmed } from '../figures/count-held.js';
import { articleOf } from '../figures/count-proceedings.js';
import {
  CHARGE,
  DECISION_CLASSES,
  DENIAL_RESULTS,
  latestOf,
  type Minor,
  type On,
  type Sheet,
  type WorldRows,
} from '../figures/sheet.js';
import { formatMoney } from '../../cases/domain/money/money.js';
import type { Section, TableSection, Value } from './content.js';
import { ABSENT, code, count, onDays, plot, text } from './sections.js';
import { days, fines, heldNow, penalties } from './shared-sections.js';
import { missing } from './missing.js';
import type { ReportSource } from './source.js';

/** One person: what is recorded and what it comes to, with the course of custody. */
export function person(source: ReportSource): Section[] {
  const { figures, sheet, basis, names } = source;
  if (!sheet) return [];
  const asOf = parseDay(basis.asOf)!;
  const { caseId, roles = [] } = sheet;
  return [
    table('person', ['name', 'case'], [[text(names?.get(caseId)), { kind: 'id', value: caseId }]]),
    table(
      'roles',
      ['role'],
      roles.map((role) => [code('role', role)]),
    ),
    heldNow(figures),
    penalties(figures),
    days(figures),
    fines(figures),
    table('custody', ['detention', 'from', 'to', 'days_in_custody'], custodyRows(sheet, asOf)),
    plot('custody_plot', 'timeline', 'custody', 'detention', ['from', 'to']),
    ...recordedOf(sheet, asOf),
    ...missing({ ...source, audience: 'public' }).slice(1),
  ];
}

const table = (id: string, columns: readonly string[], rows: Value[][]): TableSection => ({
  kind: 'table',
  id,
  columns: columns.map((name) => ({ id: name })),
  rows,
});

/** Each detention by the days it is known to have lasted and those it may have: it goes on where custody is supported to the day. */
function custodyRows(sheet: Sheet, asOf: number): Value[][] {
  const { narrow, wide = narrow, held } = sheet;
  return (sheet.detentions ?? []).flatMap((_, place) => {
    const [supported, possible] = [spentIn(narrow, place, asOf), spentIn(wide, place, asOf)];
    if (!possible) return [];
    // Of what nothing supports the first day is not known either.
    const from: On = [finite(possible.from), supported?.from ?? possible.to];
    const to: On = [supported?.to ?? finite(possible.from), possible.to];
    const goesOn = held?.detention === place && !isUnconfirmed(held, asOf);
    return [
      [
        count(place + 1),
        onDays(from),
        goesOn ? ABSENT : onDays(to),
        { kind: 'range', unit: 'days', min: supported?.days ?? 0, max: finite(possible.days) },
      ],
    ];
  });
}

const finite = (day: number): number | null => (Number.isFinite(day) ? day : null);

/** The days that count as spent in a detention, from the first to the last. */
function spentIn(
  world: WorldRows | undefined,
  detention: number,
  asOf: number,
): { from: number; to: number; days: number } | undefined {
  const custody = world?.custody ?? [];
  let spent: { from: number; to: number; days: number } | undefined;
  for (let i = 0; i < custody.length; i += 3) {
    const from = custody[i] ?? -Infinity;
    const to = Math.min(custody[i + 1] ?? Infinity, asOf);
    if (custody[i + 2] !== detention || from >= to) continue;
    spent = { from: spent?.from ?? from, to, days: (spent?.days ?? 0) + to - from };
  }
  return spent;
}

function recordedOf(sheet: Sheet, asOf: number): Section[] {
  const {
    charges = [],
    decisions = [],
    sentences = [],
    fines: fined = [],
    denials = [],
    conditions = [],
  } = sheet;
  const by = ([on]: readonly [On, ...unknown[]]): boolean => latestOf(on) <= asOf;
  const article = (charge: number): Value => {
    const [name] = articleOf(sheet, charge);
    return name.includes('/') ? text(name) : ABSENT;
  };
  return [
    table(
      'charges',
      ['on', 'article', 'state'],
      charges.flatMap((row, place) =>
        by(row) ? [[onDays(row[0]), article(place), code('charge_state', CHARGE_STATES[row[4]]!)]] : [],
      ),
    ),
    table(
      'decisions',
      ['on', 'outcome'],
      decisions.map(([on, , outcome]) => [onDays(on), code('outcome', DECISION_CLASSES[outcome]!)]),
    ),
    table(
      'sentences',
      ['on', 'article', 'days', 'days_in_force'],
      sentences
        .filter(by)
        .map(([on, charge, imposed, inForce = imposed]) => [
          onDays(on),
          article(charge),
          count(imposed),
          count(inForce),
        ]),
    ),
    table(
      'fines',
      ['on', 'article', 'imposed', 'net', 'outstanding'],
      fined.flatMap(([on, charge, lines]) =>
        lines.map(([currency, imposed, net = imposed, , , outstanding = net]) => [
          onDays(on),
          article(charge),
          ...[imposed, net, outstanding].map((amount) => money(amount, currency)),
        ]),
      ),
    ),
    table(
      'denials',
      ['on', 'result', 'hours', 'pretext'],
      denials.map(([on, , result, min, max, pretext]) => [
        onDays(on),
        code('result', DENIAL_RESULTS[result]!),
        { kind: 'range', unit: 'hours', min, max },
        pretext === '' ? ABSENT : code('pretext', pretext),
      ]),
    ),
    table(
      'conditions',
      ['on', 'condition', 'hours'],
      conditions.map(([on, , kind, hours]) => [
        onDays(on),
        code('condition', kind),
        hours === undefined ? ABSENT : count(hours),
      ]),
    ),
  ];
}

const CHARGE_STATES = Object.keys(CHARGE);

const money = (amount: Minor, currency: string): Value => ({
  kind: 'money',
  currency,
  value: formatMoney(BigInt(amount), currency),
});
