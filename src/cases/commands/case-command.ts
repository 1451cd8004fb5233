import type { CaseCommand } from '../domain/decide/commands.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { Circumstance, Uuid } from '../domain/facts/common.js';

/** The bus message: one command to one case. Without `caseId` it opens a case with an id of the server's. */
export class RecordInCase {
  constructor(
    readonly caseId: string | undefined,
    readonly command: CaseCommand,
    readonly envelope: CommandEnvelope,
  ) {}
}

/** The bus message for the two commands that touch two cases. `caseId` is the one merged away. */
export class MergeCases {
  constructor(
    readonly caseId: string,
    readonly data: Circumstance & { intoCaseId: Uuid; reason: string },
    readonly envelope: CommandEnvelope,
  ) {}
}

export class UnmergeCases {
  constructor(
    readonly caseId: string,
    readonly data: Circumstance & { reason: string },
    readonly envelope: CommandEnvelope,
  ) {}
}

export interface CommandAnswer {
  caseId: string;
  /** Of the last event recorded, and so of the case; 0 for the first event of a stream. */
  revision: number;
  position: string;
  events: { eventId: string; type: string }[];
  /** Every id the events introduced, by name; several of one name as a list. */
  ids: Record<string, string | string[]>;
  /** True when the command had been carried out before and nothing was written now. */
  replayed: boolean;
}
