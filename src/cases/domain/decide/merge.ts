import type { Circumstance, Uuid } from '../facts/common.js';
import type { Fact } from '../facts/facts.js';
import type { CaseFile } from '../file/case-file.js';
import { sameReaders } from '../file/restriction.js';
import { refuseIfErased, refuseIfMerged } from './admission.js';
import { refused } from './rules/refused.js';
import { object } from './shape/reading.js';
import { circumstance, text, uuid } from './shape/values.js';

type Merge = Circumstance & { intoCaseId: Uuid; reason: string };
type Unmerge = Circumstance & { reason: string };

const readMerge = object<Merge>({ intoCaseId: uuid, reason: text, ...circumstance });
const readUnmerge = object<Unmerge>({ reason: text, ...circumstance });

/**
 * Reads two files as one from now on: `absorbed` goes to the survivor's stream, and only then `merged` to the loser's.
 * The survivor takes in what the loser's own stream holds now.
 */
export function decideMerge(
  loser: CaseFile,
  survivor: CaseFile,
  data: Merge,
): { absorbed: Fact<'CaseAbsorbed'>; merged: Fact<'CaseMerged'> } {
  const { intoCaseId, ...why } = readMerge(data, '/body');
  const caseId = caseIdOf(loser);
  if (caseId === intoCaseId) {
    throw refused('merged-into-itself', 'a case is not merged into itself', '/body/intoCaseId');
  }
  for (const file of [loser, survivor]) refuseUnlessOpen(file);
  if (!sameReaders(loser.readers, survivor.readers)) {
    throw refused('restrictions-differ', 'restrict both cases to the same people first, or neither');
  }
  if ([...loser.idsInUse].some((id) => survivor.idsInUse.has(id))) {
    throw refused('id-already-used', 'an id is used in both cases: void the double in one of them');
  }
  return {
    absorbed: { type: 'CaseAbsorbed', data: { caseId, throughRevision: loser.revision, ...why } },
    merged: { type: 'CaseMerged', data: { intoCaseId, ...why } },
  };
}

/** Parts them again: `released` goes to the survivor's stream, and only then `unmerged` to the loser's. */
export function decideUnmerge(
  loser: CaseFile,
  survivor: CaseFile,
  data: Unmerge,
): { released: Fact<'CaseReleasedFromMerge'>; unmerged: Fact<'CaseUnmerged'> } {
  const why = readUnmerge(data, '/body');
  const caseId = caseIdOf(loser);
  if (loser.mergedInto === undefined || loser.mergedInto !== survivor.caseId) {
    throw refused('case-not-merged', 'the case is not merged into that one');
  }
  refuseUnlessOpen(survivor);
  // After a restore a case may be erased within the one that holds it; its key is gone, and no reason can be written to it.
  refuseIfErased(loser);
  // Nobody sees more of the parted case than of the two together.
  const said = survivor.readers ? { ...why, restrictedTo: [...survivor.readers] } : why;
  return {
    released: { type: 'CaseReleasedFromMerge', data: { caseId, ...said } },
    unmerged: { type: 'CaseUnmerged', data: { fromCaseId: loser.mergedInto, ...said } },
  };
}

function refuseUnlessOpen(file: CaseFile): void {
  const caseId = caseIdOf(file);
  refuseIfMerged(file);
  refuseIfErased(file);
  if (file.erasure) {
    throw refused('erasure-requested', `an erasure of the case ${caseId} is requested, of what it holds now`);
  }
  if (file.closed) throw refused('case-closed', `the case ${caseId} is closed`);
}

function caseIdOf({ caseId, opened }: CaseFile): Uuid {
  if (caseId === undefined || !opened) throw refused('case-not-opened', 'there is no such case');
  return caseId;
}
