import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { FileStore, type Draft } from '../../files/file-store.js';
import { sealedBytes } from '../../files/sealed-file.js';
import { DataKeys } from '../../ledger/data-keys.js';
import { requiredKey } from '../../ledger/required-key.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { CommandAnswer } from '../commands/case-command.js';
import { CaseFiles } from '../commands/case-files.js';
import { CasesInSight } from '../commands/cases-in-sight.js';
import { CommandIds } from '../../recording/command-ids.js';
import { Recorder } from '../commands/recorder.js';
import { admit } from '../domain/decide/admission.js';
import { decide } from '../domain/decide/decide.js';
import type { FactType } from '../domain/facts/facts.js';
import { Refusal } from '../domain/refusal.js';
import { evidenceBinding, evidencePlace } from './evidence-place.js';
import { Measuring, type Measures } from './measured.js';

/** What the sender says of a file. */
export interface SaidOfEvidence {
  capturedAt?: string;
  description?: string;
}

/** A file on its way into a case. Whatever comes of it, it is to be ended. */
export interface Receipt {
  take(bytes: AsyncIterable<Buffer>): Promise<Measures>;
  /** After `take`. */
  attach(measures: Measures, said: SaidOfEvidence, envelope: CommandEnvelope): Promise<CommandAnswer>;
  end(): Promise<void>;
}

/**
 * Takes files into cases. A file lies in its place before the case tells of it, and a repeat after an outcome that nobody knew
 * finds it there; where the case refuses it, it is removed again.
 */
@Injectable()
export class EvidenceIntake {
  constructor(
    private readonly cases: CasesInSight,
    private readonly caseFiles: CaseFiles,
    private readonly recorder: Recorder,
    private readonly keys: DataKeys,
    private readonly files: FileStore,
  ) {}

  /** Refuses, before a byte is taken, what the case would not take as it stands. */
  async begin(caseId: string, envelope: CommandEnvelope): Promise<Receipt> {
    const found = await this.cases.open(caseId, envelope);
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const isRepeat = found.events.some(({ causationId }) => causationId === ids.for('command'));
    // Of a repeat, whatever became of the case since, the first answer is to be given.
    if (!isRepeat) admit(found.file, 'EvidenceAttached');
    const evidenceId = ids.for('evidence');
    const { keyId } = found.events[0]!;
    const { key } = await requiredKey(this.keys, keyId);
    const draft = await this.files.draft();
    return {
      take: async (bytes) => {
        const measuring = new Measuring();
        const binding = evidenceBinding({ caseId, evidenceId }, keyId);
        await draft.write(sealedBytes(measuring.through(bytes), key, binding));
        return measuring.result();
      },
      attach: (measures, said, conditions) =>
        this.#attach({ caseId, evidenceId, ...measures }, said, { draft, ids, envelope: conditions }),
      end: () => draft.discard(),
    };
  }

  async #attach(
    { caseId, ...measured }: Measures & { caseId: string; evidenceId: string },
    { capturedAt, description }: SaidOfEvidence,
    { draft, ids, envelope }: { draft: Draft; ids: CommandIds; envelope: CommandEnvelope },
  ): Promise<CommandAnswer> {
    if (measured.size === 0) throw emptyFile();
    const place = evidencePlace({ caseId, ...measured });
    let kept: Promise<boolean> | undefined;
    try {
      return await this.recorder.record(caseId, ids, envelope, {
        find: () => this.cases.open(caseId, envelope),
        decide: (found, context) =>
          decide(
            found!.file,
            { name: 'AttachEvidence', data: { ...measured, capturedAt, description } },
            context,
          ),
        settle: async () => {
          kept ??= draft.keepAs(place);
          await kept;
        },
      });
    } catch (error) {
      if (isRefused(error) && (await kept) && !(await this.#isTold(caseId, measured)))
        await this.files.remove(place);
      throw error;
    }
  }

  /** Another process may have taken the same file under the same key. In doubt it is: what is left over goes with the case. */
  async #isTold(
    caseId: string,
    { evidenceId, sha256 }: { evidenceId: string; sha256: string },
  ): Promise<boolean> {
    const found = await this.caseFiles.open(caseId).catch(() => 'unknown' as const);
    if (!found || found === 'unknown') return found === 'unknown';
    return found.events.some(
      ({ type, data }) =>
        type === ('EvidenceAttached' satisfies FactType) &&
        data['evidenceId'] === evidenceId &&
        data['sha256'] === sha256,
    );
  }
}

/** For certain, and by what stands in the case: no event tells of the file, and none will. */
const isRefused = (error: unknown): boolean =>
  error instanceof Refusal ||
  (error instanceof HabeasError && ['refused', 'stale', 'absent', 'semantic'].includes(error.kind));

const emptyFile = (): HabeasError =>
  new HabeasError('malformed', 'malformed-form', 'the form is not what this route takes', {
    errors: [{ pointer: '/body/file', message: 'is empty' }],
  });
