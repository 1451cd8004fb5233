import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HabeasError } from '../../errors.js';
import { decideMerge } from '../domain/decide/merge.js';
import { MergeCases, type CommandAnswer } from './case-command.js';
import { CasesInSight } from './cases-in-sight.js';
import { CommandIds } from '../../recording/command-ids.js';
import { envelopeOf } from '../../recording/envelope.js';
import { KeyClaims } from '../../recording/key-claims.js';
import { MergePair } from './merge-pair.js';
import { MergeRepair } from './merge-repair.js';
import { answerOf, recordedBefore } from './recorded-before.js';
import { requireRevision } from '../../recording/stream-recorder.js';
import { Turns } from '../../recording/turns.js';

const MOST_ATTEMPTS = 10;

/** `CaseAbsorbed` first, then `CaseMerged`; what a crash leaves between the two, `MergeRepair` mends. */
@CommandHandler(MergeCases)
export class MergeCasesHandler implements ICommandHandler<MergeCases, CommandAnswer> {
  constructor(
    private readonly turns: Turns,
    private readonly cases: CasesInSight,
    private readonly pair: MergePair,
    private readonly claims: KeyClaims,
    private readonly unfinished: MergeRepair,
  ) {}

  execute(command: MergeCases): Promise<CommandAnswer> {
    return this.turns.takeBoth(command.caseId, command.data.intoCaseId, async () => {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const answer = await this.#attempt(command).catch(againIfMovedOn);
        if (answer) return answer;
      }
      throw new HabeasError('unavailable', 'case-contended', 'too many commands to these cases at once', {
        retryAfterSeconds: 1,
      });
    });
  }

  async #attempt({ caseId, data, envelope }: MergeCases): Promise<CommandAnswer | undefined> {
    const pair = { survivorId: data.intoCaseId, loserId: caseId };
    await this.unfinished.repair(pair);
    // Neither may hold the other already: they would be read in a circle.
    await this.unfinished.repair({ survivorId: caseId, loserId: data.intoCaseId });
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const loser = await this.cases.open(caseId, envelope);
    const before = recordedBefore(caseId, loser.events, ids, envelope);
    if (before) return before;
    requireRevision(loser, envelope.ifRevision, 'case');
    const survivor = await this.cases.find(data.intoCaseId, envelope);
    if (!survivor) throw unknownSurvivor();

    const { absorbed, merged } = decideMerge(loser.file, survivor.file, data);
    const shared = envelopeOf(envelope, ids, '');
    // A merge that was taken back may be tried again with its key, and is another event then.
    const tried = recordedBefore(data.intoCaseId, survivor.events, ids, envelope)?.events.length ?? 0;
    const eventId = tried === 0 ? ids.event(0) : ids.for(`absorbed:${tried}`);
    if (envelope.idempotency) await this.claims.claim(ids.for('command'), caseId);
    const first = { caseId: data.intoCaseId, found: survivor, fact: absorbed, eventId };
    if (!(await this.pair.write(first, shared))) return undefined;

    const second = { caseId, found: loser, fact: merged, eventId: ids.for('merged') };
    const appended = await this.pair.write(second, shared);
    if (appended)
      return answerOf(caseId, [{ ...merged, data: { ...merged.data }, eventId: second.eventId }], appended);
    await this.unfinished.repair(pair);
    return undefined;
  }
}

/** A conflict with a command of another process is decided anew, like any other. */
function againIfMovedOn(error: unknown): undefined {
  if (error instanceof HabeasError && error.code === 'case-contended') return undefined;
  throw error;
}

const unknownSurvivor = (): HabeasError =>
  new HabeasError('refused', 'unknown-case', 'there is no case to merge into', {
    errors: [{ pointer: '/body/intoCaseId', message: 'no such case' }],
    hidesWhy: true,
  });
