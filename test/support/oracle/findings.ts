import type { State } from './day-by-day.js';
import { spanOf } from './days.js';
import { hoursOf } from './due-process.js';
import { claimDiffers } from './claims.js';
import { ofType, type Known } from './known.js';
import { fineAboveMaximum, fineNotWhole, sentenceAboveMaximum } from './penalty-findings.js';
import {
  detainedUndecided,
  heldPastTerm,
  longestRun,
  overlap,
  rearrestedOnReleaseDay,
} from './custody-findings.js';
import { isArrestRecorded } from './status.js';

export interface OracleFinding {
  code: string;
  value?: number;
}

/** Made on the narrow world only; each code once. `known` holds the facts of all dates. */
export function findingsOf(state: State, known: readonly Known[]): OracleFinding[] {
  const { facts } = state;
  const found: OracleFinding[] = [];
  const when = (code: string, holds: boolean): void => {
    if (holds) found.push({ code });
  };
  const counted = (code: string, value: number, least: number): void => {
    if (value >= least) found.push({ code, value });
  };
  const sentenced = ofType(facts, 'Sentenced');
  // An order is possible whatever of it lies behind the day asked about.
  const recorded = ofType(known, 'Sentenced');
  const fined = ofType(facts, 'Fined');
  const released = ofType(facts, 'Released');

  counted('held_past_term', heldPastTerm(state), 1);
  when('detained_undecided_over_72h', detainedUndecided(state, known));
  when(
    'sentence_over_maximum',
    sentenced.some((sentence) => sentenceAboveMaximum(sentence, facts)),
  );
  when(
    'fine_over_maximum',
    fined.some((fine) => fineAboveMaximum(fine, facts)),
  );
  counted('consecutive_sentences', longestRun(state), 2);
  when('rearrested_on_release_day', rearrestedOnReleaseDay(facts));
  when('counsel_denied', ofType(facts, 'CounselDenied').length > 0);
  when(
    'counsel_denied_over_48h',
    ofType(facts, 'CounselDenied').some((denial) => hoursOf(denial).min > 48),
  );
  when(
    'hearing_without_counsel',
    ofType(facts, 'HearingHeld').some((hearing) => hearing.data.counselPresent === false),
  );
  when(
    'claimed_total_differs',
    sentenced.some((sentence) => claimDiffers(sentence, recorded)),
  );
  when(
    'sentence_without_custody',
    sentenced.length > 0 && ofType(facts, 'Arrested', 'Released', 'DiedInCustody').length === 0,
  );
  when(
    'release_without_arrest',
    released.some(({ data }) => !isArrestRecorded(data.detentionId, known)),
  );
  when('overlapping_detentions', overlap(state));
  when('date_after_source', facts.some(isAfterASource));
  when('fine_not_whole_base_units', fined.some(fineNotWhole));
  when(
    'runs_assumed_consecutive',
    state.sentences.some(({ fact }) => (fact.data.runs ?? 'unknown') === 'unknown'),
  );
  when(
    'unsourced',
    facts.some((fact) => !isAdministrative(fact) && fact.accounts.length === 0),
  );
  return found;
}

const isAdministrative = ({ type }: Known): boolean =>
  /^(Case.*|NameRecorded|RoleRecorded|NoteAdded|Consent.*)$/.test(type);

/** A hearing is planned ahead: its date may well lie after the source that announced it. */
const isAfterASource = (fact: Known): boolean =>
  fact.type !== 'HearingScheduled' &&
  fact.accounts.some(({ published }) => {
    const by = spanOf(published).latest;
    return by !== null && fact.said.earliest > by;
  });
