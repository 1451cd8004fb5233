import type { Acknowledged } from './acknowledged.js';
import type { Work } from './group-commit.js';
import { openSession, type Session, type SessionOptions } from './session.js';
import { checkWholeStore } from './whole-store-check.js';

/**
 * Opens the file anew after a fault and checks it, before it takes appends again.
 *
 * What SQLite does when the flush of a commit fails: the group's frames lie in the log file, complete with their commit mark
 * and perhaps on disk, but the log's shared index does not know them. No connection sees them, the next commit writes over
 * them; but a power cut before that could bring them back. So a write is put on disk at once: it takes their place in the
 * log, the checksums of what is left of them no longer follow from what precedes, and no recovery will ever reach them.
 * From then on what can be read is what there is: `stored`, of those in doubt.
 */
export async function reopen(
  file: string,
  options: SessionOptions,
  acknowledged: Acknowledged,
  inDoubt: readonly Work[],
): Promise<{ session: Session; stored: Set<Work> }> {
  const stored = new Set<Work>();
  const session = openSession(file, options, (writer) => {
    writer.prove();
    for (const work of inDoubt) if (work.isStored(writer)) stored.add(work);
  });
  try {
    await checkWholeStore(file, acknowledged);
  } catch (error) {
    session.db.close();
    throw error;
  }
  return { session, stored };
}
