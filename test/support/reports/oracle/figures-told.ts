import type { Filters } from '../../../../src/reports/content/content.js';
import type { Register } from '../../../../src/reports/figures/register.js';
import { dayOf, parseDay, showDay, type Bounds, type Day } from '../../oracle/days.js';
import { millionths } from '../../oracle/fines.js';
import type { CaseTold, Thing, WorldTold } from './case-told.js';
import { Entries, type Told } from './ledger-of-figures.js';
import { familyOf, isLinked, type Linked } from './links.js';

export interface Asked {
  asOf: Day;
  filters: Filters;
  register: Register;
  /** How many days `held_by_day` looks back. */
  days: number;
}

/** Every figure, worked out slowly from the definitions in docs/figures.md: person by person, thing by thing, day by day. */
export function figuresTold(cases: readonly CaseTold[], asked: Asked): Map<string, Told> {
  const { filters } = asked;
  const entries = new Entries();
  for (const one of cases) {
    if (filters.caseId !== undefined && one.caseId !== filters.caseId) continue;
    if (filters.role !== undefined && !one.roles.includes(filters.role)) continue;
    tellThings(one, asked, entries);
    tellDays(one, asked, entries);
    tellState(one, asked, entries);
  }
  return entries.told();
}

interface Period {
  from: number;
  to: number;
  firstMonth: Day;
  /** Its last day. */
  lastMonth: Day;
}

/** Without a beginning the last twelve months are shown; what lies before is one row. */
function periodOf({ asOf, filters }: Asked): Period {
  const from = filters.from === undefined ? -Infinity : parseDay(filters.from);
  const to = filters.to === undefined ? Infinity : parseDay(filters.to);
  const hasBegun = from <= Math.min(to, asOf);
  const [year, month] = showDay(Math.min(to, asOf))!.split('-').map(Number) as [number, number];
  const firstMonth =
    filters.from === undefined ? dayOf(year, month - 11, 1) : parseDay(`${filters.from.slice(0, 7)}-01`);
  return { from, to, firstMonth, lastMonth: hasBegun ? dayOf(year, month + 1, 1) - 1 : -Infinity };
}

const monthNames = new Map<Day, string>();
function monthOf(day: Day, { firstMonth, lastMonth }: Period): string {
  if (day < firstMonth) return 'earlier';
  if (day > lastMonth) return 'later';
  const name = monthNames.get(day) ?? showDay(day)!.slice(0, 7);
  monthNames.set(day, name);
  return name;
}

const MONTH_START = (name: string): Day => parseDay(`${name}-01`);

function tellThings(one: CaseTold, asked: Asked, entries: Entries): void {
  const { caseId } = one;
  const period = periodOf(asked);
  const linked = (links: Linked): boolean => isLinked(links, asked.filters, asked.register.campaigns);
  const counts = <T extends Thing>(things: readonly T[]): T[] =>
    things.filter(
      ({ on, linked: links }) => period.from <= on.latest && on.latest <= period.to && linked(links),
    );
  const doubtful = (on: Bounds): boolean => on.earliest < period.from;
  const doubtfulIn = (month: string, on: Bounds): boolean =>
    month === 'earlier' ? doubtful(on) : on.earliest < MONTH_START(month);
  const say = (keys: readonly string[], on: Bounds): void => {
    for (const key of keys) entries.add(key, caseId, { amount: 1, uncertain: doubtful(on) });
    entries.add('persons_documented', caseId, { amount: 1 });
  };
  const inMonth = (figure: string, on: Bounds): void => {
    const month = monthOf(on.latest, period);
    entries.add(`${figure}:${month}`, caseId, { amount: 1, uncertain: doubtfulIn(month, on) });
  };
  const by = (provision: string | undefined): [article: string, family: string] =>
    provision === undefined ? ['none', 'none'] : [provision, familyOf(provision)];

  for (const { on } of counts(one.arrests)) {
    say(['arrests', 'persons_arrested', 'persons_detained'], on);
    inMonth('arrests_by_month', on);
  }
  for (const { on, provision } of counts(one.charges)) {
    const [article, family] = by(provision);
    say(['charges', 'persons_charged', `charges_by_article:${article}`, `charges_by_family:${family}`], on);
    say([`persons_charged_by_article:${article}`, `persons_charged_by_family:${family}`], on);
  }
  for (const { on, outcome } of counts(one.decisions))
    say(['decisions', `decisions_by_outcome:${outcome}`], on);

  let [narrowNet, wideNet, passed] = [0, 0, 0];
  for (const { on, days, inForce, passed: isPassed, provision } of counts(one.sentences)) {
    const [article, family] = by(provision);
    const month = monthOf(on.latest, period);
    const imposed = { amount: isPassed ? days : 0, most: days };
    const kinds = ['gross', `by_month:${month}`, `by_article:${article}`, `by_family:${family}`];
    for (const kind of kinds) entries.add(`days_imposed_${kind}`, caseId, imposed);
    narrowNet += inForce[0];
    wideNet += inForce[1];
    if (!isPassed) continue;
    passed += 1;
    say(['penalties', 'sentences', 'persons_penalised', 'persons_sentenced'], on);
    say([`sentences_by_article:${article}`, `sentences_by_family:${family}`], on);
    inMonth('sentences_by_month', on);
    entries.add('terms', caseId, { amount: days });
  }
  const [leastNet, mostNet] = [Math.min(narrowNet, wideNet), Math.max(narrowNet, wideNet)];
  entries.add('days_imposed_net', caseId, { amount: leastNet, most: mostNet });
  if (passed >= 2) entries.add('persons_sentenced_repeatedly', caseId, { amount: 1 });
  if (passed >= 2 && one.longestRun >= 2) entries.add('longest_run', caseId, { amount: one.longestRun });

  for (const { on, totals, provision } of counts(one.fines)) {
    const [article, family] = by(provision);
    say(['penalties', 'fines', 'persons_penalised', 'persons_fined'], on);
    say([`fines_by_article:${article}`, `fines_by_family:${family}`], on);
    inMonth('fines_by_month', on);
    for (const { currency, imposed, atLeast, baseUnits, ...amounts } of totals) {
      entries.add(`fine_count:${currency}`, caseId, { amount: 1 });
      entries.add(`fines_gross:${currency}`, caseId, { money: millionths(imposed) });
      for (const kind of ['net', 'paid', 'refunded', 'outstanding'] as const) {
        entries.add(`fines_${kind}:${currency}`, caseId, { money: millionths(amounts[kind]) });
      }
      entries.add(`base_units:${currency}`, caseId, { amount: baseUnits });
      if (atLeast) entries.add(`fines_at_least:${currency}`, caseId, { amount: 1 });
      entries.add(`amounts:${currency}`, caseId, { money: millionths(imposed) });
    }
  }
  for (const { on, hours, pretext } of counts(one.denials)) {
    const result =
      hours.min > 48 ? 'exceeded48h' : hours.max !== null && hours.max <= 48 ? 'within48h' : 'undetermined';
    say(
      ['counsel_denials', `counsel_denials_by_result:${result}`, `counsel_denials_by_pretext:${pretext}`],
      on,
    );
    entries.add('counsel_denial_hours', caseId, { amount: hours.min, most: hours.max ?? Infinity });
  }
  for (const { on, kind, hours } of counts(one.conditions)) {
    say(['conditions', `conditions_by_kind:${kind}`], on);
    entries.add('condition_hours', caseId, { amount: hours });
    entries.add(`condition_hours_by_kind:${kind}`, caseId, { amount: hours });
  }
}

/** Days of custody and of serving, each looked at by itself. */
function tellDays(one: CaseTold, asked: Asked, entries: Entries): void {
  const { caseId } = one;
  const narrow = daysIn(one.narrow, asked, '', caseId, entries);
  const wide = daysIn(one.wide, asked, '_wide', caseId, entries);
  for (const kind of ['in_custody', 'served', 'outstanding'] as const) {
    const [amount, most] = [Math.min(narrow[kind], wide[kind]), Math.max(narrow[kind], wide[kind])];
    entries.add(`days_${kind}`, caseId, { amount, most });
  }
  if (narrow.in_custody > 0) {
    for (const key of ['persons_detained', 'persons_documented']) entries.add(key, caseId, { amount: 1 });
  }
}

function daysIn(
  world: WorldTold,
  asked: Asked,
  side: '' | '_wide',
  caseId: string,
  entries: Entries,
): { in_custody: number; served: number; outstanding: number } {
  const period = periodOf(asked);
  const within = (day: Day): boolean => period.from <= day && day <= period.to;
  const linked = (links: Linked): boolean => isLinked(links, asked.filters, asked.register.campaigns);
  const lastShown = Math.min(period.to + 1, asked.asOf);
  const months = new Map<string, number>();
  const say = (figure: string, row: string, days: number): void => {
    for (const key of [`${figure}_by_month${side}:${row}`, `${figure}_by_month${side}:period`]) {
      months.set(key, (months.get(key) ?? 0) + days);
    }
  };
  const total = { in_custody: 0, served: 0, outstanding: 0 };
  const inCustody = (day: Day): void => {
    total.in_custody += 1;
    say('days_in_custody', monthOf(day, period), 1);
    if (day >= lastShown - asked.days)
      entries.add(`held_by_day${side}:${showDay(day)}`, caseId, { amount: 1 });
  };
  for (const { day, linked: links } of world.custody) if (within(day) && linked(links)) inCustody(day);
  if (world.openStart && linked(world.openStart)) {
    // Each day that is shown, up to the first day of which the case tells anything.
    const first = Math.min(world.custody[0]?.day ?? lastShown, lastShown);
    for (let day = Math.max(period.from, period.firstMonth); day < first; day++) inCustody(day);
    if (period.from === -Infinity) {
      total.in_custody = Infinity;
      say('days_in_custody', 'earlier', Infinity);
    }
  }
  for (const { day, days, linked: links } of world.served) {
    const open = day === -Infinity;
    if (!links.some(linked) || !(open ? period.from === -Infinity : within(day))) continue;
    total.served += days;
    say('days_served', open ? 'earlier' : monthOf(day, period), days);
  }
  for (const { days, served, sentences } of world.toServe) {
    const counted = sentences.some(
      ({ on, linked: links }) => linked(links) && period.from <= on.latest && on.latest <= period.to,
    );
    if (counted) total.outstanding += days - served;
  }
  for (const [key, amount] of months) entries.add(key, caseId, { amount });
  return total;
}

/** How things stand on the day, whatever the period. */
function tellState(one: CaseTold, asked: Asked, entries: Entries): void {
  const { caseId } = one;
  const { campaigns, recommendations } = asked.register;
  const linked = (links: Linked): boolean => isLinked(links, asked.filters, campaigns);
  if (one.held && linked(one.held.linked)) {
    for (const key of ['held', one.held.unconfirmed ? 'held_unconfirmed' : 'held_confirmed']) {
      entries.add(key, caseId, { amount: 1 });
    }
  }
  if (one.heldPossibly && linked(one.heldPossibly)) entries.add('held_possibly', caseId, { amount: 1 });
  for (const { id, kind, on, scope } of recommendations) {
    if (on.earliest !== null && asked.asOf < on.earliest) continue;
    const { provision, campaignId } = scope;
    const called = {
      ...(campaignId === undefined ? {} : { campaignId }),
      ...(provision ? { article: `${provision.code}/${provision.article}` } : {}),
    };
    const concerns = (links: Linked): boolean => linked(links) && isLinked(links, called, campaigns);
    const since = on.latest!;
    const say = (figure: string): void => entries.add(`${figure}:${id}`, caseId, { amount: 1 });
    if (kind === 'terminate_proceedings') {
      for (const charge of one.charges.filter((each) => concerns(each.linked))) {
        if (charge.pending) say('call_outstanding');
        if (charge.terminated !== null && charge.terminated >= since) say('call_met');
      }
    }
    if (kind === 'withdraw_fines') {
      for (const fine of one.fines.filter((each) => concerns(each.linked))) {
        if (fine.ended === null) say('call_outstanding');
        else if (fine.ended >= since) say('call_met');
      }
    }
    if (kind === 'release_unconditional') {
      if (one.held && concerns(one.held.linked)) say('call_outstanding');
      const released = one.released.filter((each) => each.day >= since && concerns(each.linked));
      if (released.some(({ conditional }) => !conditional)) say('call_met');
      if (released.some(({ conditional }) => conditional)) say('call_met_conditionally');
    }
  }
}
