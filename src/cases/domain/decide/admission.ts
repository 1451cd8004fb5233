import type { FactType } from '../facts/facts.js';
import type { CaseFile } from '../file/case-file.js';
import { Refusal } from '../refusal.js';
import { refused } from './rules/refused.js';

/** What a closed case still takes: work on its file, nothing new about its person. */
const TAKEN_WHEN_CLOSED: ReadonlySet<FactType> = new Set<FactType>([
  'CaseReopened',
  'EventCorrected',
  'EventVoided',
  'SourceCited',
  'ConsentRecorded',
  'ConsentWithdrawn',
  'CaseRestricted',
  'CaseUnrestricted',
  'ErasureRequested',
  'SubjectErasureStarted',
  'SubjectErased',
  'EvidenceAttached',
  'ExportIssued',
]);

/** Whether the case, as it stands, is open to facts of this type at all. */
export function admit(file: CaseFile, type: FactType): void {
  if (type === 'CaseOpened') {
    if (file.opened) throw refused('case-already-opened', 'a case is opened once');
    return;
  }
  if (!file.opened) throw refused('case-not-opened', 'there is no such case');
  refuseIfMerged(file);
  refuseIfErased(file, type);
  if (file.closed && !TAKEN_WHEN_CLOSED.has(type)) throw refused('case-closed', 'the case is closed');
  if (!file.closed && type === 'CaseReopened') throw refused('case-not-closed', 'the case is not closed');
}

export function refuseIfMerged({ mergedInto }: CaseFile): void {
  if (mergedInto === undefined) return;
  const message = 'the case is merged into another, which takes its facts';
  throw new Refusal('refused', 'case-merged', message, undefined, { survivor: mergedInto });
}

/** Once an erasure has begun, its end is all that can follow: whatever else was written would come too late to be erased. */
export function refuseIfErased({ erasure }: CaseFile, type?: FactType): void {
  // It says nothing of the person, and whoever exports what is left has to be able to show that it is all.
  if (type === 'ExportIssued') return;
  if (erasure?.state === 'erased') throw refused('case-erased', 'the person of this case is erased');
  if (erasure?.state === 'under way' && type !== 'SubjectErased') {
    throw refused('erasure-under-way', 'the person of this case is being erased');
  }
}
