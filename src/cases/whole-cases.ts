import { Injectable } from '@nestjs/common';
import { HabeasError } from '../errors.js';
import { CaseHistories, type CaseHistory } from './case-history.js';
import { MergeRepair } from './commands/merge-repair.js';
import { Turns } from '../recording/turns.js';

/** Cases with what a crash has left out of their merges, for whoever has to know which streams are the person's. */
@Injectable()
export class WholeCases {
  constructor(
    private readonly histories: CaseHistories,
    private readonly turns: Turns,
    private readonly unfinished: MergeRepair,
  ) {}

  /** Undefined if nothing is recorded of it. Writes the halves of merges that are missing. */
  async load(caseId: string): Promise<CaseHistory | undefined> {
    const found = await this.histories.load(caseId);
    if (!found || found.halfDone.length === 0) return found;
    for (const pair of found.halfDone) {
      await this.turns
        .takeBoth(pair.loserId, pair.survivorId, () => this.unfinished.repair(pair))
        .catch(
          // The list has destroyed the key of one of them at the start, and no reason can be sealed any more.
          unlessErased,
        );
    }
    return this.histories.load(caseId);
  }
}

export function unlessErased(error: unknown): void {
  if (!(error instanceof HabeasError || isRefusal(error)) || error.code !== 'case-erased') throw error;
}

const isRefusal = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && error.name === 'Refusal' && 'code' in error;
