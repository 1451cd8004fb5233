import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HabeasError } from '../../errors.js';
import { decideUnmerge } from '../domain/decide/merge.js';
import { UnmergeCases, type CommandAnswer } from './case-command.js';
import type { OpenFile } from './case-files.js';
import { CasesInSight } from './cases-in-sight.js';
import { CommandIds } from '../../recording/command-ids.js';
import { envelopeOf } from '../../recording/envelope.js';
import { KeyClaims } from '../../recording/key-claims.js';
import { MergePair, movedOn } from './merge-pair.js';
import { MergeRepair } from './merge-repair.js';
import { answerOf, recordedBefore } from './recorded-before.js';
import { requireRevision } from '../../recording/stream-recorder.js';
import { Turns } from '../../recording/turns.js';

/** `CaseReleasedFromMerge` first, then `CaseUnmerged`; what a crash leaves between the two, `MergeRepair` mends. */
@CommandHandler(UnmergeCases)
export class UnmergeCasesHandler implements ICommandHandler<UnmergeCases, CommandAnswer> {
  constructor(
    private readonly turns: Turns,
    private readonly cases: CasesInSight,
    private readonly pair: MergePair,
    private readonly claims: KeyClaims,
    private readonly unfinished: MergeRepair,
  ) {}

  async execute(command: UnmergeCases): Promise<CommandAnswer> {
    const ids = new CommandIds(command.envelope.principalId, command.envelope.idempotency?.key);
    const before = await this.#findLoser(command, ids);
    if ('answer' in before) return before.answer;
    const { survivorId } = before;
    return this.turns.takeBoth(command.caseId, survivorId, async () => {
      await this.unfinished.repair({ survivorId, loserId: command.caseId });
      const found = await this.#findLoser(command, ids);
      return 'answer' in found ? found.answer : this.#unmerge(command, ids, found);
    });
  }

  async #findLoser(
    { caseId, envelope }: UnmergeCases,
    ids: CommandIds,
  ): Promise<Loser | { answer: CommandAnswer }> {
    const loser = await this.cases.open(caseId, envelope);
    const answer = recordedBefore(caseId, loser.events, ids, envelope);
    if (answer) return { answer };
    requireRevision(loser, envelope.ifRevision, 'case');
    const survivorId = loser.file.mergedInto;
    if (survivorId === undefined) {
      throw new HabeasError('refused', 'case-not-merged', 'the case is not merged into another');
    }
    return { loser, survivorId };
  }

  async #unmerge(
    { caseId, data, envelope }: UnmergeCases,
    ids: CommandIds,
    { loser, survivorId }: Loser,
  ): Promise<CommandAnswer> {
    const survivor = await this.cases.open(survivorId, envelope);
    // Throws if the key was used for something else there, while nothing is written yet.
    recordedBefore(survivorId, survivor.events, ids, envelope);
    const { released, unmerged } = decideUnmerge(loser.file, survivor.file, data);
    const shared = envelopeOf(envelope, ids, '');
    if (envelope.idempotency) await this.claims.claim(ids.for('command'), caseId);
    const first = { caseId: survivorId, found: survivor, fact: released, eventId: ids.event(0) };
    const second = { caseId, found: loser, fact: unmerged, eventId: ids.for('unmerged') };
    if (!(await this.pair.write(first, shared))) throw movedOn();
    const appended = await this.pair.write(second, shared);
    if (!appended) throw movedOn();
    return answerOf(caseId, [{ ...unmerged, data: { ...unmerged.data }, eventId: second.eventId }], appended);
  }
}

interface Loser {
  loser: OpenFile;
  survivorId: string;
}
