import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { LogReader } from '../../transparency/log/log-reader.js';
import { HASH_BYTES } from '../../transparency/merkle/hashing.js';
import { consistencyProof, inclusionProof } from '../../transparency/merkle/proofs.js';
import { readTilePath, TILE_WIDTH } from '../../transparency/tiles/tile-path.js';
import type {
  ConsistencyQuery,
  ConsistencyView,
  InclusionQuery,
  InclusionView,
  LogView,
} from './tlog.dto.js';

/** The present log as far as it is signed: of what nobody has vouched for yet nothing is shown. */
@Injectable()
export class ServedLog {
  constructor(private readonly reader: LogReader) {}

  async note(): Promise<string> {
    return (await this.#signed()).note;
  }

  logs(): Promise<LogView[]> {
    return this.reader.logs();
  }

  /** C2SP tlog-tiles. Throws `unknown-tile` for other paths, and for hashes that no checkpoint covers. */
  async tile(path: string): Promise<Buffer> {
    const place = readTilePath(path);
    if (!place || place.level === 'entries') throw unknownTile('this is the path of no tile');
    const { level, index, width } = place;
    const { log, size } = await this.#signed();
    const covered = Math.floor(size / TILE_WIDTH ** level);
    const hashes =
      index * TILE_WIDTH + width <= covered ? await this.reader.tile(log, level, index, width) : undefined;
    if (!hashes) throw unknownTile('the signed log has no such tile');
    return hashes.subarray(0, width * HASH_BYTES);
  }

  async inclusion({ leaf, size: asked }: InclusionQuery): Promise<InclusionView> {
    const { log, size } = await this.#signedUpTo(asked);
    if (leaf >= size) throw invalid('leaf', `must be less than ${size}`);
    const nodes = this.reader.nodes(log);
    const [hash, proof] = await Promise.all([nodes.node(0, leaf), inclusionProof(nodes, leaf, size)]);
    return { leaf, size, hash: hash.toString('base64'), proof: inBase64(proof) };
  }

  async consistency({ from, to: asked }: ConsistencyQuery): Promise<ConsistencyView> {
    const { log, size: to } = await this.#signedUpTo(asked);
    if (from > to) throw invalid('from', `must not be more than ${to}`);
    return { from, to, proof: inBase64(await consistencyProof(this.reader.nodes(log), from, to)) };
  }

  async #signedUpTo(size: number | undefined): Promise<{ log: number; size: number }> {
    const signed = await this.#signed();
    if (size === undefined || size <= signed.size) return { log: signed.log, size: size ?? signed.size };
    throw new HabeasError('absent', 'beyond-the-log', `the signed log has ${signed.size} leaves`);
  }

  async #signed(): Promise<{ log: number; size: number; note: string }> {
    const checkpoint = await this.reader.checkpoint();
    if (checkpoint) return checkpoint;
    throw new HabeasError('unavailable', 'nothing-signed', 'no checkpoint was signed yet', {
      retryAfterSeconds: 5,
    });
  }
}

const inBase64 = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));

const unknownTile = (message: string): HabeasError => new HabeasError('absent', 'unknown-tile', message);

const invalid = (name: string, message: string): HabeasError =>
  new HabeasError('malformed', 'invalid-query', 'there is no such proof', {
    errors: [{ pointer: `/query/${name}`, message }],
  });
