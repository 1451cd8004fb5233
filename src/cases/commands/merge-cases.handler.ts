import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HabeasError } from '../../errors.js';
import { decideMerge } from '../domain/decide/merge.js';
import { MergeCases, type CommandAnswer } from './case-command.js';
import { CaseFiles } from './case-files.js';
import { CommandIds } from './command-ids.js';
import { envelopeOf } from './envelope.js';
import { MergePair } from './merge-pair.js';
import { caseNotFound } from './record-in-case.handler.js';
import { answerOf, recordedBefore } from './recorded-before.js';
import { requireRevision } from './recorder.js';
import { Turns } from './turns.js';

const MOST_ATTEMPTS = 10;

/** `CaseAbsorbed` first, then `CaseMerged`; what a crash leaves between the two, `MergeCompletion` mends. */
@CommandHandler(MergeCases)
export class MergeCasesHandler implements ICommandHandler<MergeCases, CommandAnswer> {
  constructor(
    private readonly turns: Turns,
    private readonly files: CaseFiles,
    private readonly pair: MergePair,
  ) {}

  execute(command: MergeCases): Promise<CommandAnswer> {
    return this.turns.takeBoth(command.caseId, command.data.intoCaseId, async () => {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const answer = await this.#attempt(command, attempt);
        if (answer) return answer;
      }
      throw new HabeasError('unavailable', 'case-contended', 'too many commands to these cases at once', {
        retryAfterSeconds: 1,
      });
    });
  }

  async #attempt(
    { caseId, data, envelope }: MergeCases,
    attempt: number,
  ): Promise<CommandAnswer | undefined> {
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const loser = await this.files.open(caseId);
    if (!loser) throw caseNotFound();
    const before = recordedBefore(caseId, loser.events, ids, envelope);
    if (before) return before;
    requireRevision(loser, envelope.ifRevision);
    const survivor = await this.files.open(data.intoCaseId);
    if (!survivor) throw unknownSurvivor();

    const { absorbed, merged } = decideMerge(loser.file, survivor.file, data);
    const shared = envelopeOf(envelope, ids, '');
    const first = {
      caseId: data.intoCaseId,
      found: survivor,
      fact: absorbed,
      eventId: ids.for(`absorbed:${attempt}`),
    };
    if (!(await this.pair.write(first, shared))) return undefined;

    const second = { caseId, found: loser, fact: merged, eventId: ids.event(0) };
    const appended = await this.pair.write(second, shared);
    if (appended)
      return answerOf(caseId, [{ ...merged, data: { ...merged.data }, eventId: second.eventId }], appended);
    const moved = await this.files.open(data.intoCaseId);
    if (moved) await this.pair.takeBack(data.intoCaseId, moved, caseId, shared);
    return undefined;
  }
}

const unknownSurvivor = (): HabeasError =>
  new HabeasError('refused', 'unknown-case', 'there is no case to merge into', {
    errors: [{ pointer: '/body/intoCaseId', message: 'no such case' }],
  });
