import { sheetOf } from '../../reports/figures/sheet-of.js';
import type { CaseHistory } from '../case-history.js';
import { caseIdOf } from '../case-stream.js';
import type { Law } from '../domain/law/law.js';
import { docketOf } from '../domain/timeline/docket.js';
import { personIn } from '../domain/timeline/person.js';
import { spansOf } from '../domain/timeline/spans.js';
import {
  AFTER_ALL_DAYS,
  BEFORE_ALL_DAYS,
  type CaseOpeningRow,
  type CaseReaderRow,
  type CaseRow,
  type CaseSheetRow,
  type CaseTermRow,
  type ExpectedReleaseRow,
  type OpenMergeRow,
  type PlannedHearingRow,
} from './case-tables.js';
import { plannedHearings } from './planned-hearings.js';
import { sealedNames } from './sealed-names.js';
import { termsOf } from './terms.js';

/** Everything the read model keeps of one case. */
export interface CaseRows {
  /** The case that was asked for; another than the row's if it is merged away. */
  asked: string;
  row: CaseRow;
  mergedFrom: string[];
  readers: CaseReaderRow[];
  terms: CaseTermRow[];
  releases: ExpectedReleaseRow[];
  hearings: PlannedHearingRow[];
  openMerges: OpenMergeRow[];
  openings: CaseOpeningRow[];
  sheet: CaseSheetRow;
}

/** Pure: the same history and law give the same rows, whatever day it is. */
export function caseRows(asked: string, history: CaseHistory, law: Law): CaseRows {
  const { caseId: case_id, mergedFrom, readers, revision, position } = history;
  const docket = docketOf(case_id, history.recorded, law);
  const spans = spansOf(docket, law);
  const terms = termsOf(docket, personIn(docket).roles, spans);
  const sheet = sheetOf(docket, law);
  return {
    asked,
    mergedFrom,
    row: {
      case_id,
      revision,
      position,
      merged_from: JSON.stringify(mergedFrom),
      readers: readers ? JSON.stringify(readers) : null,
      terms: JSON.stringify([...new Set(terms.map(({ term }) => term))]),
      sealed_names: JSON.stringify(sealedNames(history)),
      docket: JSON.stringify(docket),
    },
    readers: (readers ?? []).map((principal_id) => ({ position, principal_id })),
    terms: terms.map(({ term, from, to }) => ({
      term,
      position,
      from_day: from,
      to_day: to,
    })),
    releases: spans.flatMap(({ from, to, expectedRelease }) =>
      expectedRelease
        ? [{ position, from_day: from ?? BEFORE_ALL_DAYS, to_day: to ?? AFTER_ALL_DAYS, ...expectedRelease }]
        : [],
    ),
    hearings: plannedHearings(docket, law.timeZone).map(({ hearingId, earliest, latest }) => ({
      position,
      hearing_id: hearingId,
      earliest,
      latest,
    })),
    openMerges: history.halfDone.map(({ survivorId, loserId }) => ({
      survivor_id: survivorId,
      loser_id: loserId,
    })),
    openings: history.events
      .filter((event) => event.revision === 0)
      .map((event) => ({
        position: event.position,
        case_id: caseIdOf(event.stream),
        recorded_at: event.recordedAt,
      })),
    sheet: { position, settled_from: sheet.settledFrom, sheet: JSON.stringify(sheet) },
  };
}
