import { CASE_COMMANDS } from './catalogue/case-commands.js';
import type { CommandGroup, CommandRoute } from './catalogue/command-route.js';
import { CORRECTION_COMMANDS } from './catalogue/correction-commands.js';
import { CUSTODY_COMMANDS } from './catalogue/custody-commands.js';
import { DUE_PROCESS_COMMANDS } from './catalogue/due-process-commands.js';
import { PENALTY_COMMANDS } from './catalogue/penalty-commands.js';
import { PROCEEDING_COMMANDS } from './catalogue/proceeding-commands.js';
import { PROTECTION_COMMANDS } from './catalogue/protection-commands.js';

/** Every command of the API, grouped as its table groups them. All are `POST`. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  CASE_COMMANDS,
  PROTECTION_COMMANDS,
  CUSTODY_COMMANDS,
  PROCEEDING_COMMANDS,
  PENALTY_COMMANDS,
  DUE_PROCESS_COMMANDS,
  CORRECTION_COMMANDS,
];

export const COMMAND_ROUTES: readonly CommandRoute[] = COMMAND_GROUPS.flatMap(({ routes }) => routes);
