import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexKeys, nameKeys } from '../../../src/cases/domain/names/name-keys.js';
import { Caseworker } from '../../support/caseworker.js';
import { Installation, type ChildService } from '../../support/installation.js';
import type { Reply } from '../../support/service.js';
import { habeasOf } from './habeas.js';
import type { Marks } from './marks.js';
import { Needles } from './needles.js';
import { leaks } from './written.js';

/** Our own sources, which nobody writes to. */
const PROGRAM = ['program'];
/** Shorter keys of names might stand somewhere by chance. */
const SHORTEST_KEY = 10;

interface Found {
  items: { caseId: string }[];
}

/** An installed service, all that it can write to in one folder, and the words that must not be there. */
export class WatchedService {
  service!: ChildService;
  caseworker!: Caseworker;
  auditorKey = '';

  private constructor(
    readonly marks: Marks,
    readonly installation: Installation,
    readonly settings: Record<string, string>,
    /** Of the people who use it: nothing of the service writes here. */
    readonly desk: string,
    readonly habeas: Awaited<ReturnType<typeof habeasOf>>,
  ) {}

  static async make(marks: Marks): Promise<WatchedService> {
    const installation = await Installation.make();
    const [tmp, home] = [join(installation.folder, 'tmp'), join(installation.folder, 'home')];
    await mkdir(tmp);
    await mkdir(home);
    const settings = { TMPDIR: tmp, HOME: home, HABEAS_LOG_LEVEL: 'trace' };
    const desk = await mkdtemp(join(tmpdir(), 'habeas-desk-'));
    const habeas = await habeasOf(installation, settings);
    return new WatchedService(marks, installation, settings, desk, habeas);
  }

  async start(more: Record<string, string> = {}): Promise<void> {
    this.service = await this.installation.start({ ...this.settings, ...more });
    this.caseworker = await Caseworker.of(this.service);
    this.auditorKey = await this.service.keyFor('auditor');
  }

  /** Makes the next process stumble, at SIGUSR2, over an error whose message quotes what somebody has written. */
  async stumbling(words: string): Promise<Record<string, string>> {
    const [module, quoted] = [join(this.desk, 'stumbling.mjs'), join(this.desk, 'words')];
    await writeFile(quoted, words);
    await writeFile(
      module,
      `import { readFileSync } from 'node:fs';
       process.on('SIGUSR2', () => { throw new TypeError(readFileSync(${JSON.stringify(quoted)}, 'utf8')); });`,
    );
    return { NODE_OPTIONS: `--import=${module}` };
  }

  search(name: string, key = this.caseworker.key): Promise<Reply<Found>> {
    return this.service.request<Found>('POST', '/v1/cases/search', { body: { name }, key });
  }

  /** Where on the disk there is a mark, or what a name is found by. */
  leaks(folder = this.installation.folder): string[] {
    const keys = this.marks.given
      .flatMap((mark) => indexKeys(nameKeys(mark)))
      .filter((key) => key.length >= SHORTEST_KEY);
    return leaks(folder, new Needles([...this.marks.given, ...keys]), PROGRAM);
  }

  async remove(): Promise<void> {
    await this.installation.remove();
    await rm(this.desk, { recursive: true, force: true });
  }
}
