import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HabeasError } from '../../errors.js';
import type { CaseCommand } from '../domain/decide/commands.js';
import { decide } from '../domain/decide/decide.js';
import { fold } from '../domain/file/case-file.js';
import { RecordInCase, type CommandAnswer } from './case-command.js';
import { CommandIds } from './command-ids.js';
import { Recorder } from './recorder.js';

const NOTHING_RECORDED = fold([]);

@CommandHandler(RecordInCase)
export class RecordInCaseHandler implements ICommandHandler<RecordInCase, CommandAnswer> {
  constructor(private readonly recorder: Recorder) {}

  execute({ caseId, command, envelope }: RecordInCase): Promise<CommandAnswer> {
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    return this.recorder.record(caseId ?? ids.for('case'), ids, envelope, (found, context) => {
      if (!found && !opens(command)) throw caseNotFound();
      return decide(found?.file ?? NOTHING_RECORDED, command, context);
    });
  }
}

const opens = (command: CaseCommand): boolean =>
  command.name === 'RecordFact' && command.fact.type === 'CaseOpened';

export const caseNotFound = (): HabeasError =>
  new HabeasError('absent', 'case-not-found', 'there is no such case');
