import { LawBook } from '../../cases/law-book.js';
import { CommandFailure } from '../failure.js';
import { withService } from '../local-service.js';
import { progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { checkedFile } from './import-file.js';
import type { LineFault } from './import-line.js';
import { Sending, type Outcome } from './sending.js';

const MOST_SHOWN = 200;

/** Records a file, unless it is only to be checked. Throws `CommandFailure` for lines that cannot be taken, or were refused. */
export async function importFile(terminal: Terminal, path: string, onlyCheck: boolean): Promise<void> {
  const { ids, lines, faults } = await checkedFile(path, LawBook.of('BY').law, new Date());
  if (faults.length > 0) {
    tell(terminal, faults);
    throw new CommandFailure(`${inLines(faults)} cannot be taken; nothing was recorded.`);
  }
  if (lines.length === 0) throw new CommandFailure(`${path} holds no facts`);
  if (onlyCheck) return terminal.out(`${lines.length} lines, and nothing wrong with them.`);

  const outcome = await withService(terminal, 'caseworker', async (api) => {
    const progress = progressOn(terminal, 'Recording');
    let done = 0;
    progress.show(0, lines.length);
    try {
      return await new Sending(api, ids, () => progress.show(++done, lines.length)).send(lines);
    } finally {
      progress.end();
    }
  });
  report(terminal, outcome);
}

function report(terminal: Terminal, { recorded, repeated, refused }: Outcome): void {
  const before = repeated > 0 ? `, ${repeated} had been recorded before` : '';
  terminal.out(`${recorded} lines recorded${before}.`);
  if (refused.length === 0) return;
  tell(terminal, refused);
  throw new CommandFailure(
    `${inLines(refused)} were refused. Put what is to be recorded instead into a new file: in this one, changed, every line would be new.`,
  );
}

function tell(terminal: Terminal, faults: readonly LineFault[]): void {
  for (const { line, reason } of faults.slice(0, MOST_SHOWN)) terminal.say(`line ${line}: ${reason}`);
  if (faults.length > MOST_SHOWN) terminal.say(`… and ${faults.length - MOST_SHOWN} more`);
}

function inLines(faults: readonly LineFault[]): string {
  const count = new Set(faults.map(({ line }) => line)).size;
  return count === 1 ? 'One line' : `${count} lines`;
}
