import type { Clock } from '../../clock.js';
import type { EventStore } from '../../event-store/event-store.js';
import type { LogReader } from '../log/log-reader.js';
import type { LogWriter } from '../log/log-writer.js';
import { isGrownFrom, type TreeHead } from '../merkle/checking.js';
import { consistencyProof, headOf } from '../merkle/proofs.js';
import { verifyStore } from '../store/verify-store.js';
import type { CheckpointMemory } from './checkpoint-memory.js';
import { LogRefused } from './log-refused.js';
import type { Signer } from './notary-key.js';
import { emptyLog, rememberedBy, signAndRemember, type Remembered } from './remembering.js';

export interface SigningParts {
  store: Pick<EventStore, 'readAll'>;
  writer: LogWriter;
  reader: LogReader;
  signer: Signer;
  memory: CheckpointMemory;
  clock: Clock;
  /** Whoever is to end reads no further, and does not sign what it has not read. */
  signal: AbortSignal;
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

  /** Throws `LogRefused` unless the log begins with what was signed last: with what was `remembered` before it was opened. */
  static async resume(parts: SigningParts, remembered: Remembered | undefined): Promise<Signing> {
    const { writer } = parts;
    if (!remembered) return Signing.#first(parts);
    if (remembered.origin !== writer.state.origin) {
      throw new LogRefused(
        'another log was signed last: after a restore, `habeas notary fork` begins a new one',
      );
    }
    if (remembered.size > writer.state.size) {
      throw new LogRefused(
        'the log is shorter than the one that was signed last: after a restore, `habeas notary fork` begins a new one',
      );
    }
    const signing = new Signing(parts, remembered);
    await signing.#requireGrowth(writer.state.size, writer.head());
    await signing.#requireStored(writer.state.size, writer.state.size);
    // Whoever was ended between the two has remembered it, and shown it to nobody.
    await signing.#show(remembered);
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
    this.#requireTurn(size);
    const note = signAndRemember(this.parts, { origin: writer.state.origin, size, head });
    await this.#show({ size, note });
    this.signed = { size, head };
    return size;
  }

  /** An empty log is signed as soon as it is begun: from then on nobody can begin it anew unnoticed. */
  static async #first(parts: SigningParts): Promise<Signing> {
    const { writer } = parts;
    if (writer.state.size > 0) throw new LogRefused('what was signed last is not remembered');
    const empty = emptyLog(writer.state.origin);
    const signing = new Signing(parts, empty);
    await signing.#show({ size: 0, note: signAndRemember(parts, empty) });
    return signing;
  }

  /** Whoever was cut off, and has not noticed, does not take back what the next one has signed. */
  #requireTurn(size: number): void {
    const remembered = rememberedBy(this.parts);
    if (remembered?.origin === this.parts.writer.state.origin && remembered.size > size)
      throw new Error('somebody else has signed more of this log');
  }

  /** What is remembered may be seen. */
  async #show({ size, note }: { size: number; note: string }): Promise<void> {
    await this.parts.writer.keep({ size, note, signedAt: this.parts.clock.now().toISOString() });
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

  /** Reads the leaves again from about `leaf` on. Rejects with the signal's reason. */
  async #requireStored(leaf: number, size: number): Promise<void> {
    const { store, reader, writer, signal } = this.parts;
    const { id } = writer.state;
    const from = leaf === 0 ? undefined : await reader.placeBefore(id, leaf);
    const log = { size, tile: (index: number, width: number) => reader.leaves(id, index, width) };
    const { fault } = await verifyStore({ store, log, signal, ...(from && { from }) });
    if (fault) throw new LogRefused(`the store is not what it was: ${fault.what}`, fault);
  }
}
