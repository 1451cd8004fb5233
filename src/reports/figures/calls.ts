import type { Day } from '../../cases/domain/dates/day.js';
import type { Cells } from './cells.js';
import type { Question } from './figures.js';
import type { InScope } from './in-scope.js';
import type { Recommendation, Register } from './register.js';
import { linksIn, withWaves, type Scope } from './scope.js';
import { CHARGE, END, latestOf, type DetentionRow } from './sheet.js';

/** Those that were made by a day, as far as their dates tell: nobody can have met a call before it was made. */
export const callsBy = ({ recommendations }: Register, day: Day): Recommendation[] =>
  recommendations.filter(({ on }) => (on.earliest ?? -Infinity) <= day);

/** What has become of the calls on somebody: how much of what they are about goes on, and how much has ended since. */
export class Calls {
  readonly #calls: { call: Recommendation; scope: Scope; since: number }[];

  constructor({ register, asOf }: Question) {
    const { campaigns } = register;
    this.#calls = callsBy(register, asOf).map((call) => {
      const { provision, campaignId } = call.scope;
      const scope: Scope = {
        ...(provision ? { article: `${provision.code}/${provision.article}` } : {}),
        ...(campaignId === undefined ? {} : { campaigns: withWaves(campaignId, campaigns) }),
      };
      return { call, scope, since: call.on.latest ?? call.on.earliest ?? -Infinity };
    });
  }

  /** How things stand on the day of the question: the period has no part in it. */
  count(asked: InScope): void {
    for (const { call, scope, since } of this.#calls) {
      const called = linksIn(asked.sheet, scope);
      const links: InScope['links'] = {
        charge: (place) => asked.links.charge(place) && called.charge(place),
        detention: (place) => asked.links.detention(place) && called.detention(place),
        arrest: (place) => asked.links.arrest(place) && called.arrest(place),
      };
      COUNTS[call.kind]({ ...asked, links }, call.id, since);
    }
  }

  /** A call is met once something has ended and nothing goes on; one that nothing documents is open. */
  into(cells: Cells): void {
    for (const { call } of this.#calls) {
      for (const figure of ['call_outstanding', 'call_met', 'call_met_conditionally'] as const) {
        cells.ensure(figure, call.id);
      }
      const met = cells.number('call_met', call.id) > 0;
      const outstanding = cells.number('call_outstanding', call.id) > 0;
      const value = met ? (outstanding ? 'partly' : 'met') : 'open';
      cells.set('call_state', call.id, { kind: 'code', list: 'call_state', value });
    }
  }
}

type Figure = 'call_outstanding' | 'call_met' | 'call_met_conditionally';

type Count = (scope: InScope, id: string, since: number) => void;

const COUNTS: Readonly<Record<Recommendation['kind'], Count>> = {
  terminate_proceedings: (scope, id, since) => {
    for (const [place, [on, , , , state, ended]] of (scope.sheet.charges ?? []).entries()) {
      if (latestOf(on) > scope.asOf || !scope.links.charge(place)) continue;
      if (state === CHARGE.pending) counted(scope, 'call_outstanding', id);
      if (ended !== undefined && ended >= since) counted(scope, 'call_met', id);
    }
  },
  release_unconditional: ({ sheet, links, cells }, id, since) => {
    const { held, detentions = [] } = sheet;
    if (held && !held.possibly && links.detention(held.detention)) {
      cells.person('call_outstanding', id);
      cells.behind('call_state', id);
    }
    const isReleased = ([, ended]: DetentionRow, place: number): boolean =>
      ended !== undefined && ended >= since && links.detention(place);
    const ends = new Set(detentions.filter(isReleased).map(([, , how]) => how));
    if (ends.has(END.unconditional)) {
      cells.person('call_met', id);
      cells.behind('call_state', id);
    }
    if (ends.has(END.conditional)) cells.person('call_met_conditionally', id);
  },
  withdraw_fines: (scope, id, since) => {
    for (const [, charge, , , ended] of scope.sheet.fines ?? []) {
      if (!scope.links.charge(charge)) continue;
      if (ended === undefined) counted(scope, 'call_outstanding', id);
      else if (ended >= since) counted(scope, 'call_met', id);
    }
  },
};

function counted({ cells }: InScope, figure: Figure, id: string): void {
  cells.count(figure, id, false);
  cells.behind('call_state', id);
}
