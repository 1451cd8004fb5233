import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { EventStore, type StoredEvent } from '../../event-store/event-store.js';
import { streamOf } from '../case-stream.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import { CaseFiles, type OpenFile } from '../commands/case-files.js';
import { CommandIds } from '../../recording/command-ids.js';
import { Recorder } from '../commands/recorder.js';
import { CaseHistories } from '../case-history.js';
import { decide } from '../domain/decide/decide.js';
import type { CaseHead } from '../domain/facts/evidence-facts.js';
import type { FactData } from '../domain/facts/facts.js';

type Heads = Required<FactData['ExportIssued']>['merged'];

/** Says in a case that it was exported, and how far it had come: what is left out of an export later is missed. */
@Injectable()
export class ExportIssue {
  constructor(
    private readonly files: CaseFiles,
    private readonly histories: CaseHistories,
    private readonly recorder: Recorder,
    private readonly store: EventStore,
  ) {}

  /** The event that says so: of a repeat with the same idempotency key the one that is there. */
  async issue(caseId: string, envelope: CommandEnvelope): Promise<StoredEvent> {
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    let merged: Heads = [];
    const { revision } = await this.recorder.record(caseId, ids, envelope, {
      find: async () => {
        const found = await this.files.open(caseId);
        // Whatever joins or parts cases meanwhile is written in this one's stream too, and so decided anew.
        merged = await this.#headsOfMerged(caseId);
        return found;
      },
      decide: (found, context) => {
        const data = { ...headOf(found), ...(merged.length > 0 && { merged }) };
        return decide(found!.file, { name: 'IssueExport', data }, context);
      },
    });
    const [issued] = await this.store.read(streamOf(caseId), revision);
    if (!issued) throw new Error('an event that was recorded is not there');
    return issued;
  }

  async #headsOfMerged(caseId: string): Promise<Heads> {
    const history = await this.histories.load(caseId);
    if (history?.caseId !== caseId || history.halfDone.length > 0) throw contended();
    return history.mergedFrom.map((one) => {
      const last = history.events.findLast(({ stream }) => stream === streamOf(one));
      if (!last) throw contended();
      return { caseId: one, revision: last.revision, leafHash: last.leafHash };
    });
  }
}

function headOf(found: OpenFile | undefined): CaseHead {
  const last = found?.events.at(-1);
  if (!last) throw contended();
  return { revision: last.revision, leafHash: last.leafHash };
}

const contended = (): HabeasError =>
  new HabeasError('unavailable', 'case-contended', 'the cases moved on meanwhile; repeat the command', {
    retryAfterSeconds: 1,
  });
