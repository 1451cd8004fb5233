import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { admit } from '../domain/decide/admission.js';
import type { CaseCommand } from '../domain/decide/commands.js';
import { decide } from '../domain/decide/decide.js';
import type { FactType } from '../domain/facts/facts.js';
import { fold } from '../domain/file/case-file.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import { RecordInCase, type CommandAnswer } from './case-command.js';
import { CaseFiles, type OpenFile } from './case-files.js';
import { CasesInSight } from './cases-in-sight.js';
import { CommandIds } from '../../recording/command-ids.js';
import { Recorder } from './recorder.js';

const NOTHING_RECORDED = fold([]);

@CommandHandler(RecordInCase)
export class RecordInCaseHandler implements ICommandHandler<RecordInCase, CommandAnswer> {
  constructor(
    private readonly recorder: Recorder,
    private readonly files: CaseFiles,
    private readonly cases: CasesInSight,
  ) {}

  execute({ caseId: given, command, envelope }: RecordInCase): Promise<CommandAnswer> {
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const caseId = given ?? ids.for('case');
    return this.recorder.record(caseId, ids, envelope, {
      find: () => this.#find(caseId, command, envelope),
      admit: (found) => {
        // Found whoever may know of it: a stale revision would say how far a hidden case has come.
        if (found && records(command, 'CaseOpened')) admit(found.file, 'CaseOpened');
      },
      decide: (found, context) => decide(found?.file ?? NOTHING_RECORDED, command, context),
    });
  }

  #find(caseId: string, command: CaseCommand, envelope: CommandEnvelope): Promise<OpenFile | undefined> {
    // An id that is taken is taken, whoever may know of the case: it cannot be opened a second time.
    if (records(command, 'CaseOpened')) return this.files.open(caseId);
    // The service's own: by now it does not matter who may see the case.
    if (command.name === 'CertifyErasure') return this.files.open(caseId);
    return protects(command) ? this.cases.openToProtect(caseId, envelope) : this.cases.open(caseId, envelope);
  }
}

const records = (command: CaseCommand, type: FactType): boolean =>
  command.name === 'RecordFact' && command.fact.type === type;

const PROTECTING: ReadonlySet<string> = new Set<CaseCommand['name']>(['RestrictCase', 'ApproveErasure']);

const protects = (command: CaseCommand): boolean =>
  PROTECTING.has(command.name) || records(command, 'ErasureRequested');
