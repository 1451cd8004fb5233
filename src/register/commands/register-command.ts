import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { RegisterCommand } from '../domain/decide.js';
import type { Subject } from '../domain/kinds.js';

/** The bus message: one command to one campaign, estimate or recommendation. Without `id` it is recorded under one of the server's. */
export class RecordInRegister {
  constructor(
    readonly subject: Subject,
    readonly id: string | undefined,
    readonly command: RegisterCommand,
    readonly envelope: CommandEnvelope,
  ) {}
}

export interface RegisterAnswer {
  subject: Subject;
  id: string;
  /** Of the last event recorded, and so of its stream; 0 for the first. */
  revision: number;
  position: string;
  events: { eventId: string; type: string }[];
  /** True when the command had been carried out before and nothing was written now. */
  replayed: boolean;
}
