import { HabeasError } from '../../errors.js';
import type { Acknowledged } from './acknowledged.js';
import type { EventWriter } from './event-writer.js';
import type { Work } from './group-commit.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import { checkWholeStore } from './whole-store-check.js';

/** The fate of an append in doubt: its answer if it is on disk; absent if it is not, and never will be. */
export type Fates = Map<Work, (() => void) | undefined>;

/**
 * Opens the file anew after a fault and checks it, before it takes appends again.
 *
 * What SQLite does when the flush of a commit fails: the group's frames lie in the log file, complete with their commit mark
 * and perhaps on disk, but the log's shared index does not know them. No connection sees them, the next commit writes over
 * them; but a power cut before that could bring them back. So a write is put on disk at once: it takes their place in the
 * log, the checksums of what is left of them no longer follow from what precedes, and no recovery will ever reach them.
 * From then on what can be read is what there is.
 */
export async function reopen(
  file: string,
  options: SessionOptions,
  acknowledged: Acknowledged,
  inDoubt: readonly Work[],
): Promise<{ session: Session; fates: Fates }> {
  const fates: Fates = new Map();
  const session = openSession(file, options, (writer) => {
    writer.prove();
    for (const work of inDoubt) fates.set(work, recalled(work, writer));
  });
  try {
    await checkWholeStore(file, acknowledged);
  } catch (error) {
    session.db.close();
    throw error;
  }
  return { session, fates };
}

/** What was refused in the group is refused again here; that is no fault of the file. */
function recalled(work: Work, writer: EventWriter): (() => void) | undefined {
  try {
    return work.recall(writer);
  } catch (error) {
    if (error instanceof HabeasError) return undefined;
    throw error;
  }
}
