import type { Fact } from '../facts/facts.js';
import type { CaseFile } from '../file/case-file.js';
import { ownIdNameOf } from '../file/own-ids.js';
import { appealAsked } from './appeals.js';
import type { CaseCommand, DraftFact } from './commands.js';
import type { DecideContext } from './context.js';
import { decideCorrection, decideVoid } from './corrections.js';
import { decisionAsked, penaltyAsked } from './decisions.js';
import { decideApproval, decideCertificate } from './erasure.js';
import { decideRestriction } from './restriction.js';
import { together } from './together.js';

/**
 * The facts that a command comes to, to be recorded as one: plain JSON, read member by member, with the ids that were
 * left out made and nothing else added but that a release is unconditional where nothing is said.
 * Throws a Refusal, and nothing else, for what the case does not take.
 */
export function decide(file: CaseFile, command: CaseCommand, context: DecideContext): Fact[] {
  switch (command.name) {
    case 'RecordFact':
      return decideFact(file, command.fact, context);
    case 'RenderDecision':
      return together(file, decisionAsked(command.data, context), context);
    case 'ImposePenalty':
      return together(file, penaltyAsked(command.data, context), context);
    case 'DecideAppeal':
      return together(file, appealAsked(command.data), context);
    case 'RestrictCase':
      return decideRestriction(file, command.data, context);
    case 'ApproveErasure':
      return decideApproval(file, command.data, context);
    case 'CertifyErasure':
      return decideCertificate(file, command.data, context);
    case 'AttachEvidence':
      return together(file, [{ type: 'EvidenceAttached', data: command.data, pointer: '/body' }], context);
    case 'IssueExport':
      return together(file, [{ type: 'ExportIssued', data: command.data, pointer: '/body' }], context);
    default:
      return command satisfies never;
  }
}

function decideFact(file: CaseFile, { type, data }: DraftFact, context: DecideContext): Fact[] {
  if (type === 'EventCorrected') return decideCorrection(file, data, context);
  if (type === 'EventVoided') return decideVoid(file, data, context);
  return together(file, [{ type, data: withOwnId(type, data, context), pointer: '/body' }], context);
}

function withOwnId(type: DraftFact['type'], data: object, context: DecideContext): object {
  const name = ownIdNameOf(type);
  if (name === undefined || (data as Record<string, unknown>)[name] !== undefined) return data;
  return { ...data, [name]: context.newId(name.slice(0, -'Id'.length)) };
}
