import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HabeasError } from '../../errors.js';
import { decideUnmerge } from '../domain/decide/merge.js';
import { UnmergeCases, type CommandAnswer } from './case-command.js';
import { CaseFiles, type OpenFile } from './case-files.js';
import { CommandIds } from './command-ids.js';
import { envelopeOf } from './envelope.js';
import { MergePair } from './merge-pair.js';
import { caseNotFound } from './record-in-case.handler.js';
import { answerOf, recordedBefore } from './recorded-before.js';
import { requireRevision } from './recorder.js';
import { Turns } from './turns.js';

/** `CaseReleasedFromMerge` first, then `CaseUnmerged`; what a crash leaves between the two, `MergeCompletion` mends. */
@CommandHandler(UnmergeCases)
export class UnmergeCasesHandler implements ICommandHandler<UnmergeCases, CommandAnswer> {
  constructor(
    private readonly turns: Turns,
    private readonly files: CaseFiles,
    private readonly pair: MergePair,
  ) {}

  async execute(command: UnmergeCases): Promise<CommandAnswer> {
    const { caseId, envelope } = command;
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const loser = await this.files.open(caseId);
    if (!loser) throw caseNotFound();
    const before = recordedBefore(caseId, loser.events, ids, envelope);
    if (before) return before;
    requireRevision(loser, envelope.ifRevision);
    const survivorId = loser.file.mergedInto;
    if (survivorId === undefined) {
      throw new HabeasError('refused', 'case-not-merged', 'the case is not merged into another');
    }
    return this.turns.takeBoth(caseId, survivorId, () => this.#unmerge(command, ids, loser, survivorId));
  }

  async #unmerge(
    { caseId, data, envelope }: UnmergeCases,
    ids: CommandIds,
    loser: OpenFile,
    survivorId: string,
  ): Promise<CommandAnswer> {
    const survivor = await this.files.open(survivorId);
    if (!survivor) throw caseNotFound();
    const { released, unmerged } = decideUnmerge(loser.file, survivor.file, data);
    const shared = envelopeOf(envelope, ids, '');
    const first = { caseId: survivorId, found: survivor, fact: released, eventId: ids.for('released') };
    const second = { caseId, found: loser, fact: unmerged, eventId: ids.event(0) };
    if (!(await this.pair.write(first, shared))) throw contended();
    const appended = await this.pair.write(second, shared);
    if (!appended) throw contended();
    return answerOf(caseId, [{ ...unmerged, data: { ...unmerged.data }, eventId: second.eventId }], appended);
  }
}

const contended = (): HabeasError =>
  new HabeasError('unavailable', 'case-contended', 'the cases moved on meanwhile; repeat the command', {
    retryAfterSeconds: 1,
  });
