import type { Circumstance } from '../facts/common.js';
import type { Fact } from '../facts/facts.js';
import { ERASURE_WARNINGS } from '../facts/protection-facts.js';
import type { CaseFile } from '../file/case-file.js';
import { admit } from './admission.js';
import type { DecideContext } from './context.js';
import { refused } from './rules/refused.js';
import { together } from './together.js';

const POINTER = '/body';

/** The approval of the request that waits. It takes two people: two keys of one person are one. */
export function decideApproval(
  file: CaseFile,
  { at }: Pick<Circumstance, 'at'>,
  context: DecideContext,
): Fact[] {
  admit(file, 'SubjectErasureStarted');
  if (file.erasure?.state !== 'requested') throw notRequested();
  const { request } = file.erasure;
  if (request.recordedBy === context.by.principalId) {
    throw refused('approval-by-requester', 'whoever requested the erasure does not approve it');
  }
  const data = { requestEventId: request.eventId, at };
  return together(file, [{ type: 'SubjectErasureStarted', data, pointer: POINTER }], context);
}

/** What is said of an erasure once it is done. */
export function decideCertificate(
  file: CaseFile,
  { destroyedKeys, sealedEvents }: { destroyedKeys: string[]; sealedEvents: number },
  context: DecideContext,
): Fact[] {
  admit(file, 'SubjectErased');
  if (file.erasure?.state !== 'under way') throw notRequested();
  const data = {
    requestEventId: file.erasure.start.data.requestEventId,
    caseIds: [file.caseId, ...file.absorbed],
    destroyedKeys,
    sealedEvents,
    warnings: [...ERASURE_WARNINGS],
  };
  return together(file, [{ type: 'SubjectErased', data, pointer: POINTER }], context);
}

const notRequested = () => refused('erasure-not-requested', 'no erasure of this case waits for it');
