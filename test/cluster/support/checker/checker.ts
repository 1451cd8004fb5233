import type { Entry } from '../journal.js';
import { answerFaults, sessionFaults } from './answer-faults.js';
import { commandFaults } from './command-faults.js';
import { historyFaults, type FinalHistories } from './final-history.js';
import { orderFaults } from './order-faults.js';
import { readFaults } from './read-faults.js';

/**
 * What is wrong with a register, judged by what its callers were told and what it holds in the end; nothing, if it behaved as one
 * register that does one thing after the other. A caller asks one thing at a time.
 */
export function faultsIn(entries: readonly Entry[], histories: FinalHistories): string[] {
  const byCase = Map.groupBy(entries, ({ caseId }) => caseId);
  return [...new Set([...byCase.keys(), ...histories.keys()])].flatMap((caseId) => {
    const asked = byCase.get(caseId) ?? [];
    const final = histories.get(caseId) ?? [];
    return [
      ...historyFaults(final),
      ...commandFaults(asked, final),
      ...readFaults(asked, final),
      ...orderFaults(asked, final),
      ...answerFaults(asked),
      ...sessionFaults(asked),
    ].map((fault) => `${caseId}: ${fault}`);
  });
}
