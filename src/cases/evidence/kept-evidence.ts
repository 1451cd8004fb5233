import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { FileStore } from '../../files/file-store.js';
import { openedBytes, sealedSize } from '../../files/sealed-file.js';
import { DataKeys } from '../../ledger/data-keys.js';
import { requiredKey } from '../../ledger/required-key.js';
import { caseNotFound } from '../case-not-found.js';
import { CaseHistories } from '../case-history.js';
import type { RecordedFact } from '../domain/facts/facts.js';
import { asCaseworker, sightOf, type Viewer } from '../queries/viewer.js';
import { checkedBytes } from './checked-bytes.js';
import { evidenceBinding, evidencePlace } from './evidence-place.js';

/** A file as it was sent. */
export interface EvidenceFile {
  /** The case that answers, and those merged into it. */
  caseId: string;
  mergedFrom: readonly string[];
  evidenceId: string;
  size: number;
  mediaType: string;
  /** All of it, or an error: the last bytes are given once the hash of all is the one that was recorded. */
  bytes: Readable;
}

/** The files of cases, for those who work on them. */
@Injectable()
export class KeptEvidence {
  constructor(
    private readonly histories: CaseHistories,
    private readonly keys: DataKeys,
    private readonly files: FileStore,
  ) {}

  /** Throws `case-not-found`, `evidence-not-found`, `case-erased`, and `evidence-damaged` as far as its beginning tells. */
  async open(caseId: string, evidenceId: string, viewer: Viewer): Promise<EvidenceFile> {
    const history = await this.histories.load(caseId);
    if (!history || sightOf(asCaseworker(viewer), history.readers) === 'none') throw caseNotFound();
    const place = history.recorded.findIndex(
      (fact) => fact.type === 'EvidenceAttached' && fact.data.evidenceId === evidenceId,
    );
    const attached = history.recorded[place] as RecordedFact<'EvidenceAttached'> | undefined;
    const event = history.events[place];
    if (!attached || !event) throw evidenceNotFound();
    const bytes = await this.#opened(attached, event.keyId);
    return {
      caseId: history.caseId,
      mergedFrom: history.mergedFrom,
      evidenceId,
      size: attached.data.size,
      mediaType: attached.data.mediaType,
      bytes,
    };
  }

  async #opened({ caseId, data }: RecordedFact<'EvidenceAttached'>, keyId: string): Promise<Readable> {
    const { key } = await requiredKey(this.keys, keyId);
    const stored = await this.files.open(evidencePlace({ caseId, ...data }));
    if (stored?.size !== sealedSize(data.size)) throw evidenceDamaged();
    const binding = evidenceBinding({ caseId, evidenceId: data.evidenceId }, keyId);
    const whole = checkedBytes(openedBytes(stored.bytes(), key, binding), data);
    // What is wrong from the beginning is said in words, and not by an answer that is cut short.
    const first = await whole.next().catch((error: unknown) => {
      throw error instanceof HabeasError ? error : evidenceDamaged(error);
    });
    const answer = Readable.from(following(first, whole), { objectMode: false });
    // An answer that is refused before it begins has never asked for the rest, and ends nothing by itself.
    answer.once('close', () => void whole.return(undefined).catch(() => undefined));
    return answer;
  }
}

async function* following(
  first: IteratorResult<Buffer>,
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  if (!first.done) yield first.value;
  yield* rest;
}

const evidenceNotFound = (): HabeasError =>
  new HabeasError('absent', 'evidence-not-found', 'the case has no such file');

const evidenceDamaged = (cause?: unknown): HabeasError =>
  new HabeasError(
    'unavailable',
    'evidence-damaged',
    'the file that was attached is missing, or is not as it was attached',
    {},
    { cause },
  );
