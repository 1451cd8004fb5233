import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { LogReader } from '../log/log-reader.js';
import type { LogWriter } from '../log/log-writer.js';
import { isGrownFrom, type TreeHead } from '../merkle/checking.js';
import { EMPTY_TREE } from '../merkle/hashing.js';
import { consistencyProof, headOf } from '../merkle/proofs.js';
import { checkpointText, readCheckpoint, type Checkpoint } from '../note/checkpoint.js';
import type { NoteKey } from '../note/note-keys.js';
import { openNote, signNote } from '../note/signed-note.js';
import { verifyStore } from '../store/verify-store.js';
import type { CheckpointMemory } from './checkpoint-memory.js';
import { LogRefused } from './log-refused.js';

export interface Signer {
  key: NoteKey;
  privateKey: KeyObject;
}

export interface SigningParts {
  store: Pick<EventStore, 'readAll'>;
  writer: LogWriter;
  reader: LogReader;
  signer: Signer;
  memory: CheckpointMemory;
  clock: Clock;
}

/**
 * Signs the head of the log, after it has read again what it signs: the events since the last time from the store, and from the
 * tables that the tree begins with the one it signed before.
 */
export class Signing {
  private constructor(
    private readonly parts: SigningParts,
    private signed: TreeHead,
  ) {}

  /** Throws `LogRefused` unless the log begins with what was signed last. */
  static async resume(parts: SigningParts): Promise<Signing> {
    const { writer, memory, signer } = parts;
    const note = memory.read();
    if (note === undefined) return Signing.#first(parts);
    const remembered = rememberedIn(note, signer);
    if (remembered.origin !== writer.state.origin) {
      throw new LogRefused(
        'another log was signed last: after a restore, `habeas notary fork` begins a new one',
      );
    }
    if (remembered.size > writer.state.size) {
      throw new LogRefused('the log is shorter than the one that was signed last');
    }
    const signing = new Signing(parts, remembered);
    await signing.#requireGrowth(writer.state.size, writer.head());
    await signing.#requireStored(writer.state.size, writer.state.size);
    // Whoever was ended between the two has remembered it, and shown it to nobody.
    await signing.#show({ size: remembered.size, note });
    return signing;
  }

  /** Whether there is something that no checkpoint covers. */
  get isDue(): boolean {
    return this.parts.writer.state.size > this.signed.size;
  }

  /** Throws `LogRefused` and signs nothing if what it reads again is not what it is about to sign. */
  async sign(): Promise<number> {
    const { writer } = this.parts;
    const { size } = writer.state;
    const head = writer.head();
    await this.#requireGrowth(size, head);
    await this.#requireStored(this.signed.size, size);
    const note = this.#remember({ origin: writer.state.origin, size, head });
    await this.#show({ size, note });
    this.signed = { size, head };
    return size;
  }

  /** An empty log is signed as soon as it is begun: from then on nobody can begin it anew unnoticed. */
  static async #first(parts: SigningParts): Promise<Signing> {
    const { writer } = parts;
    if (writer.state.size > 0) throw new LogRefused('what was signed last is not remembered');
    const empty = { size: 0, head: EMPTY_TREE };
    const signing = new Signing(parts, empty);
    const note = signing.#remember({ origin: writer.state.origin, ...empty });
    await signing.#show({ size: 0, note });
    return signing;
  }

  async #show({ size, note }: { size: number; note: string }): Promise<void> {
    await this.parts.writer.keep({ size, note, signedAt: this.parts.clock.now().toISOString() });
  }

  #remember(checkpoint: Checkpoint): string {
    const { signer, memory } = this.parts;
    const note = signNote(checkpointText(checkpoint), signer.key, signer.privateKey);
    // First here: what anybody has seen must be remembered.
    memory.write(note);
    return note;
  }

  async #requireGrowth(size: number, head: Buffer): Promise<void> {
    const { reader, writer } = this.parts;
    const nodes = reader.nodes(writer.state.id);
    const before = this.signed;
    const isWhole = head.equals(await headOf(nodes, size));
    const hasGrown =
      before.size === 0 ||
      isGrownFrom(before, { size, head }, await consistencyProof(nodes, before.size, size));
    if (!isWhole || !hasGrown)
      throw new LogRefused('the log does not begin with the one that was signed last');
  }

  /** Reads the leaves again from about `leaf` on. */
  async #requireStored(leaf: number, size: number): Promise<void> {
    const { store, reader, writer } = this.parts;
    const { id } = writer.state;
    const from = leaf === 0 ? undefined : await reader.placeBefore(id, leaf);
    const log = { size, tile: (index: number, width: number) => reader.leaves(id, index, width) };
    const { fault } = await verifyStore({ store, log, ...(from && { from }) });
    if (fault) throw new LogRefused(`the store is not what it was: ${fault.what}`, fault);
  }
}

function rememberedIn(note: string, { key }: Signer): Checkpoint {
  const opened = openNote(note, [key]);
  const checkpoint = opened.kind === 'signed' ? readCheckpoint(opened.text) : undefined;
  if (!checkpoint) throw new LogRefused('what was signed last was not signed with this key');
  return checkpoint;
}
