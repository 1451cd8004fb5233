import { Injectable } from '@nestjs/common';
import { caseNotFound } from '../case-not-found.js';
import type { CaseFile } from '../domain/file/case-file.js';
import { isOpenTo } from '../domain/file/restriction.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import { CaseFiles, type OpenFile } from './case-files.js';

type Sender = Pick<CommandEnvelope, 'principalId' | 'roles'>;

/** Cases as far as whoever sends a command may know of them. */
@Injectable()
export class CasesInSight {
  constructor(private readonly files: CaseFiles) {}

  /** Undefined for a case that is not there, and for one that is restricted to others. */
  async find(caseId: string, sender: Sender): Promise<OpenFile | undefined> {
    const found = await this.files.open(caseId);
    return found && (await this.#isSeenBy(sender, found.file)) ? found : undefined;
  }

  /** Throws `case-not-found` for either. */
  async open(caseId: string, sender: Sender): Promise<OpenFile> {
    const found = await this.find(caseId, sender);
    if (!found) throw caseNotFound();
    return found;
  }

  /** For commands that protect a case: an admin sends them without seeing it. */
  async openToProtect(caseId: string, sender: Sender): Promise<OpenFile> {
    const found = sender.roles.includes('admin')
      ? await this.files.open(caseId)
      : await this.find(caseId, sender);
    if (!found) throw caseNotFound();
    return found;
  }

  /** Of a merged case the one that holds it is asked: it answers for both. */
  async #isSeenBy(sender: Sender, file: CaseFile): Promise<boolean> {
    const survivor = file.mergedInto === undefined ? undefined : await this.files.open(file.mergedInto);
    if (survivor) return this.#isSeenBy(sender, survivor.file);
    return sender.roles.includes('caseworker') && isOpenTo(sender.principalId, file.readers);
  }
}
