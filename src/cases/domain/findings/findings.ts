import { claimedTotalDiffers } from './claimed-totals.js';
import {
  detainedUndecided,
  heldPastTerm,
  overlappingDetentions,
  rearrestedOnReleaseDay,
  releaseWithoutArrest,
} from './custody-findings.js';
import {
  FINDING_CODES,
  type Evidence,
  type Finding,
  type FindingCode,
  type FindingMaker,
} from './finding.js';
import {
  counselDenied,
  counselDeniedOverLimit,
  dateAfterSource,
  hearingWithoutCounsel,
  unsourced,
} from './other-findings.js';
import {
  consecutiveSentences,
  fineNotWholeBaseUnits,
  fineOverMaximum,
  runsAssumedConsecutive,
  sentenceOverMaximum,
  sentenceWithoutCustody,
} from './penalty-findings.js';

const MAKERS: Readonly<Record<FindingCode, FindingMaker>> = {
  held_past_term: heldPastTerm,
  detained_undecided_over_72h: detainedUndecided,
  sentence_over_maximum: sentenceOverMaximum,
  fine_over_maximum: fineOverMaximum,
  consecutive_sentences: consecutiveSentences,
  rearrested_on_release_day: rearrestedOnReleaseDay,
  counsel_denied: counselDenied,
  counsel_denied_over_48h: counselDeniedOverLimit,
  hearing_without_counsel: hearingWithoutCounsel,
  claimed_total_differs: claimedTotalDiffers,
  sentence_without_custody: sentenceWithoutCustody,
  release_without_arrest: releaseWithoutArrest,
  overlapping_detentions: overlappingDetentions,
  date_after_source: dateAfterSource,
  fine_not_whole_base_units: fineNotWholeBaseUnits,
  runs_assumed_consecutive: runsAssumedConsecutive,
  unsourced,
};

/** Every finding that the evidence makes, in the order of `FINDING_CODES`. */
export function findingsOn(evidence: Evidence): Finding[] {
  return FINDING_CODES.flatMap((code) => {
    const found = MAKERS[code](evidence);
    return found ? [{ code, ...found }] : [];
  });
}
