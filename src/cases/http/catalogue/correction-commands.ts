import { CorrectionRequestDto } from '../dto/correction-request.dto.js';
import { records, toCase, type CommandGroup } from './command-route.js';

/** Nothing stored is ever changed: these are facts too. */
export const CORRECTION_COMMANDS: CommandGroup = {
  title: 'Corrections',
  routes: [
    toCase(
      'EventCorrected',
      CorrectionRequestDto,
      { path: '/corrections', summary: 'Correct a recorded fact' },
      (data) => ({ name: 'RecordFact', fact: { type: 'EventCorrected', data } }),
    ),
    records('EventVoided', { path: '/voids', summary: 'Void a recorded fact, or a correction' }),
    records('SourceCited', { path: '/citations', summary: 'Cite one more account of a recorded fact' }),
  ],
};
