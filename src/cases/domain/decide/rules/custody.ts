import type { FactInForce } from '../../file/facts-in-force.js';
import type { Law } from '../../law/law.js';
import type { Bench, Rule } from './rule.js';
import { daysOf } from './days-of.js';
import { refused } from './refused.js';

type End = 'Released' | 'DiedInCustody';

export const firstRelease: Rule<'Released'> = ({ data }, { file }) => {
  if (file.of('Released').some((other) => other.data.detentionId === data.detentionId)) {
    throw refused('already-released', 'a release from this detention is recorded; correct or void it');
  }
};

export const firstDeath: Rule<'DiedInCustody'> = (_, { file }) => {
  if (file.of('DiedInCustody').length > 0) {
    throw refused('already-dead', 'the death of this person is recorded; correct or void it');
  }
};

export const endsNotBeforeArrest: Rule<End> = (end, bench) => {
  for (const arrest of bench.file.of('Arrested')) refuseIfBefore(end, arrest, bench);
};

/** The same rule for an arrest that is recorded after its release. */
export const startsNotAfterItsEnds: Rule<'Arrested'> = (arrest, bench) => {
  for (const release of bench.file.of('Released')) refuseIfBefore(release, arrest, bench);
  for (const death of bench.file.of('DiedInCustody')) refuseIfBefore(death, arrest, bench);
};

function refuseIfBefore(end: FactInForce<End>, arrest: FactInForce<'Arrested'>, bench: Bench): void {
  if (end.data.detentionId !== arrest.data.detentionId || !isSurelyBefore(end, arrest, bench.law)) return;
  const what = end.type === 'Released' ? 'release' : 'death';
  throw refused(`${what}-before-arrest`, `the ${what} would lie before the arrest`, `${bench.pointer}/at`);
}

/** On every day that either can have happened. */
function isSurelyBefore(one: FactInForce, other: FactInForce, law: Law): boolean {
  const { earliest } = daysOf(other, law);
  return earliest !== null && daysOf(one, law).latest < earliest;
}
