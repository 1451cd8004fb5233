import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { EventStore, type StoredEvent } from '../../event-store/event-store.js';
import { bundleOf } from '../../evidence/bundle-of.js';
import type { Bundle } from '../../evidence/bundle.js';
import { leafHashIn } from '../../ledger/chain.js';
import { LogReader } from '../../transparency/log/log-reader.js';
import { readCheckpoint } from '../../transparency/note/checkpoint.js';
import type { NoteKey } from '../../transparency/note/note-keys.js';
import { openNote } from '../../transparency/note/signed-note.js';
import { TransparencyLog } from '../../transparency/transparency-log.js';
import { caseNotFound } from '../case-not-found.js';
import { caseIdOf } from '../case-stream.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { FactData } from '../domain/facts/facts.js';
import { sightOf } from '../queries/viewer.js';
import { WholeCases } from '../whole-cases.js';
import { ExportIssue } from './export-issue.js';

/** The notary signs every second. Whoever has waited so long comes again with the same idempotency key. */
const LONGEST_WAIT_MS = 5_000;

/** Makes the file by which somebody else can check a case, without this service and without trust in it. */
@Injectable()
export class CaseExports {
  constructor(
    private readonly cases: WholeCases,
    private readonly issues: ExportIssue,
    private readonly store: EventStore,
    private readonly reader: LogReader,
    private readonly log: TransparencyLog,
  ) {}

  /**
   * `known` is a checkpoint that whoever asks has kept. Throws `case-not-found`, `unknown-checkpoint`, `case-altered`, and
   * `not-covered`: the export stands in the case then, and waits for the notary; nothing is written while there is no log at all.
   */
  async export(caseId: string, known: string | undefined, envelope: CommandEnvelope): Promise<Bundle> {
    const history = await this.cases.load(caseId);
    if (!history || sightOf(envelope, history.readers) === 'none') throw caseNotFound();
    const key = await this.log.verifierKey();
    if (!key) throw notCovered();
    if (known !== undefined) await this.#requireKnown(known, key);
    const issued = await this.issues.issue(history.caseId, envelope);
    return this.#bundle(issued, known, key);
  }

  async #bundle(issued: StoredEvent, known: string | undefined, key: NoteKey): Promise<Bundle> {
    const { data } = JSON.parse(issued.payload) as { data: FactData['ExportIssued'] };
    const exported = {
      caseId: caseIdOf(issued.stream),
      revision: issued.revision,
      merged: data.merged ?? [],
      ...(known !== undefined && { known }),
    };
    const place = { position: issued.position, hash: Buffer.from(leafHashIn(issued), 'base64url') };
    await this.log.covered(place, AbortSignal.timeout(LONGEST_WAIT_MS));
    const bundle = await bundleOf({ store: this.store, log: this.reader, key }, exported);
    // Whatever stands before an event that is covered would be, too.
    if (!bundle) throw caseAltered();
    return bundle;
  }

  async #requireKnown(known: string, key: NoteKey): Promise<void> {
    const opened = openNote(known, [key]);
    const before = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
    const [present, { origin }] = await Promise.all([this.log.checkpoint(), this.log.state()]);
    if (before && present && before.origin === origin && before.size <= present.size) return;
    throw new HabeasError('semantic', 'unknown-checkpoint', 'this is no checkpoint of the present log', {
      errors: [{ pointer: '/body/known', message: 'was not signed for the present log' }],
    });
  }
}

const notCovered = (): HabeasError =>
  new HabeasError('unavailable', 'not-covered', 'there is no signed log yet: is the notary running?', {
    retryAfterSeconds: 5,
  });

const caseAltered = (): HabeasError =>
  new HabeasError(
    'unavailable',
    'case-altered',
    'an event of this case is not in the signed log as it stands in the store: `habeas verify --store` tells which',
  );
