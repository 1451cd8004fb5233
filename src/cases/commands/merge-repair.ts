import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Envelope, RecordedEvent } from '../../ledger/recorded-event.js';
import { Unsealing } from '../../ledger/unsealing.js';
import type { RecordedFact } from '../domain/facts/facts.js';
import { isHalfDone, mergesIn, type MergePairIds } from '../merges.js';
import { CaseFiles, type OpenFile } from './case-files.js';
import { MergePair, movedOn, type Half } from './merge-pair.js';

export type Repair = 'merged' | 'taken back' | 'unmerged';

/** Writes the half of a merge, or of its undoing, that a crash or a conflict has left out: for whoever sent the command. */
@Injectable()
export class MergeRepair {
  constructor(
    private readonly files: CaseFiles,
    private readonly pair: MergePair,
    private readonly unsealing: Unsealing,
  ) {}

  /** To be called in the turn of both cases. Undefined if their streams say the same already; nothing is written then. */
  async repair(ids: MergePairIds): Promise<Repair | undefined> {
    const survivor = await this.files.open(ids.survivorId);
    const loser = await this.files.open(ids.loserId);
    if (!survivor || !loser) return undefined;
    const merges = mergesIn(survivor.events);
    const said = merges.said.get(ids.loserId);
    const written = survivor.events.find(({ eventId }) => eventId === said?.eventId);
    if (!said || !written || !isHalfDone(ids, merges, mergesIn(loser.events))) return undefined;
    // What the first half says of the reasons is said in the other one, too.
    const [revealed] = await this.unsealing.reveal([written]);
    const opened = { ...said, ...revealed } as typeof said;
    const { repair, ...missing } = missingHalf(ids, opened, { survivor, loser });
    if (!(await this.pair.write({ ...missing, eventId: v7() }, envelopeOf(written)))) throw movedOn();
    return repair;
  }
}

function missingHalf(
  { survivorId, loserId }: MergePairIds,
  said: RecordedFact<'CaseAbsorbed' | 'CaseReleasedFromMerge'>,
  { survivor, loser }: Record<'survivor' | 'loser', OpenFile>,
): Omit<Half, 'eventId'> & { repair: Repair } {
  const toLoser = { caseId: loserId, found: loser };
  if (said.type === 'CaseReleasedFromMerge') {
    const { caseId: _, ...why } = said.data;
    return {
      ...toLoser,
      fact: { type: 'CaseUnmerged', data: { fromCaseId: survivorId, ...why } },
      repair: 'unmerged',
    };
  }
  const { caseId: _, throughRevision, ...why } = said.data;
  if (loser.revision === throughRevision) {
    return {
      ...toLoser,
      fact: { type: 'CaseMerged', data: { intoCaseId: survivorId, ...why } },
      repair: 'merged',
    };
  }
  // What the loser has taken since is not in the survivor's file: the merge would have to be decided anew.
  const reason = 'the merged case had moved on; the merge did not come about';
  return {
    caseId: survivorId,
    found: survivor,
    fact: { type: 'CaseReleasedFromMerge', data: { caseId: loserId, reason } },
    repair: 'taken back',
  };
}

/** The command's own, so that whoever repeats it with its key is told that it was carried out. */
const envelopeOf = ({
  recordedBy,
  correlationId,
  causationId,
  requestDigest,
}: RecordedEvent): Omit<Envelope, 'recordedAt'> => ({
  recordedBy,
  correlationId,
  causationId,
  ...(requestDigest === undefined ? {} : { requestDigest }),
});
