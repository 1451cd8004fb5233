import type { Law } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
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
  type Made,
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

/** The findings of a case on any day, in the order of `FINDING_CODES`. Those that it can never have are left out beforehand. */
export function findingsOf(book: Casebook, law: Law): (evidence: Evidence) => Finding[] {
  const possible: { code: FindingCode; madeOn: (evidence: Evidence) => Made | undefined }[] = [];
  for (const code of FINDING_CODES) {
    const madeOn = MAKERS[code](book, law);
    if (madeOn) possible.push({ code, madeOn });
  }
  return (evidence) => {
    const findings: Finding[] = [];
    for (const { code, madeOn } of possible) {
      const made = madeOn(evidence);
      if (made) findings.push({ code, ...made });
    }
    return findings;
  };
}
