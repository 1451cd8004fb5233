import { parseDay } from '../../cases/domain/dates/day.js';
import type { FactData } from '../../cases/domain/facts/facts.js';
import { casebookOf, type Fine, type Sentence } from '../../cases/domain/timeline/casebook.js';
import { fineLines } from '../../cases/domain/timeline/fines.js';
import { currentDays, worldOf, type World } from '../../cases/domain/timeline/world.js';
import { formatMoney } from '../../cases/domain/money/money.js';
import type { Section, Value } from '../content/content.js';
import { code } from '../content/sections.js';
import { days, factsOf, fineIn, term, type DossierSource } from './answers.js';

/** Each penalty as it was imposed, beside what is left of it on the day: who reads only the first takes an annulled one to stand. */
export function penalties(source: DossierSource): Section {
  const book = casebookOf(source.docket);
  const narrow = worldOf(book, 'narrow');
  return {
    kind: 'table',
    id: 'penalties',
    columns: ['kind', 'decided', 'amount', 'net'].map((id) => ({ id })),
    rows: factsOf(source, 'Sentenced', 'Fined').flatMap((fact): Value[][] => {
      if (fact.type === 'Sentenced') {
        const sentence = book.sentences.find((one) => one.fact.eventId === fact.eventId);
        // Two files that were merged may hold one penalty twice: it is one.
        if (!sentence) return [];
        const left = term(daysInForce(source, narrow, sentence));
        return [[code('penalty_kind', 'sentence'), days(fact), term(fact.data.days), left]];
      }
      const fine = book.fines.find((one) => one.fact.eventId === fact.eventId);
      if (!fine) return [];
      return amountsOf(fact.data).map((given, nth) => [
        code('penalty_kind', nth === 0 ? 'fine' : 'same_fine'),
        days(fact),
        given,
        inForce(source, fine, given),
      ]);
    }),
  };
}

function daysInForce({ asOf }: DossierSource, narrow: World, sentence: Sentence): number {
  const day = parseDay(asOf)!;
  const passed = narrow.sentences.find((one) => one.sentence === sentence)!;
  return passed.annulledOn <= day ? 0 : currentDays(passed, day);
}

/** As they were given; several only of a fine that nobody knows but from reports, and then all of them. */
function amountsOf({ amount, baseUnits, reported = [] }: Omit<FactData['Fined'], 'sources'>): Value[] {
  if (amount) return [fineIn(amount)];
  if (baseUnits !== undefined) return [{ kind: 'base_units', value: baseUnits }];
  return reported.map(fineIn);
}

/** In the currency that it was given in; of base units in that of the unit. */
function inForce({ asOf, law }: DossierSource, fine: Fine, given: Value): Value {
  const lines = fineLines(fine, law, parseDay(asOf)!);
  const line = given.kind === 'money' ? lines.find(({ currency }) => currency === given.currency) : lines[0];
  if (!line) return { kind: 'absent' };
  const { currency, net, atLeast } = line;
  return {
    kind: 'money',
    currency,
    value: formatMoney(net, currency),
    ...(atLeast && net > 0n ? { qualifier: 'at_least' } : {}),
  };
}
