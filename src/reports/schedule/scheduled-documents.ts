import type { FileStore, FilePlace } from '../../files/file-store.js';
import type { ReportContent } from '../content/content.js';
import { FORMATS } from '../documents/document.js';
import type { Language } from '../documents/words/languages.js';
import { fileNameOf, writeReport, type Writing } from '../documents/write-report.js';
import type { Scheduled } from './scheduled.js';

/** The documents of what was issued on schedule: `<schedule>-<period>/<file>`, each whole or not there. */
export class ScheduledDocuments {
  readonly #writings: readonly Writing[];

  constructor(
    private readonly files: FileStore,
    languages: readonly Language[],
  ) {
    const worded = FORMATS.filter((format) => format !== 'json');
    this.#writings = [
      ...languages.flatMap((language) => worded.map((format) => ({ format, language }))),
      // Last: where it lies, all the others do.
      { format: 'json', language: 'en' },
    ];
  }

  /** Writes those that are missing, and gives how many; those that are there are left as they are. Undefined: the signal was given before all were. */
  async complete(
    { schedule, period }: Scheduled,
    content: ReportContent,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    let written = 0;
    for (const writing of this.#writings) {
      if (signal.aborted) return undefined;
      const place = { group: `${schedule}-${period}`, name: fileNameOf(content, writing) };
      if (await this.files.open(place)) continue;
      const { bytes } = await writeReport(content, writing);
      if (await this.#put(bytes, place)) written += 1;
    }
    return written;
  }

  /** Removes what a process that was killed has left. */
  removeLeft(): Promise<void> {
    return this.files.removeLeftDrafts();
  }

  async #put(bytes: Uint8Array, place: FilePlace): Promise<boolean> {
    const draft = await this.files.draft();
    try {
      await draft.write(inOnePart(bytes));
      return await draft.keepAs(place);
    } catch (error) {
      await draft.discard();
      throw error;
    }
  }
}

async function* inOnePart(bytes: Uint8Array): AsyncGenerator<Buffer> {
  yield Buffer.from(bytes);
}
