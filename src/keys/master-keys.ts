import { readFileSync } from 'node:fs';
import { HabeasError } from '../errors.js';
import { MASTER_KEY_BYTES, MasterKey } from './master-key.js';

/** Where the next master key lies while rows are wrapped anew: beside the present one. */
export const nextMasterKeyFile = (file: string): string => `${file}.next`;

/**
 * The master keys this process can lay its hands on: the one of its file and, while they are being changed, the next one. The
 * files are looked at again for a key that is not known yet, so nothing has to be started again after a change.
 */
export class MasterKeys {
  #known: ReadonlyMap<string, MasterKey>;

  constructor(
    readonly present: MasterKey,
    private readonly look: () => readonly MasterKey[],
  ) {
    this.#known = new Map([[present.id, present]]);
  }

  static inFile(file: string): MasterKeys {
    const present = keyIn(file);
    if (!present) throw new Error(`there is no master key in ${file}`);
    // The next one first: were it put in its place between the two looks, the other order would find it nowhere.
    return new MasterKeys(present, () => [nextMasterKeyFile(file), file].flatMap((one) => keyIn(one) ?? []));
  }

  /** Throws `master-key-missing`. */
  withId(id: string): MasterKey {
    const known = this.#known.get(id) ?? this.#again(id);
    if (!known) {
      throw new HabeasError(
        'unavailable',
        'master-key-missing',
        'the master key that wraps this is not here',
      );
    }
    return known;
  }

  has(id: string): boolean {
    return (this.#known.get(id) ?? this.#again(id)) !== undefined;
  }

  #again(id: string): MasterKey | undefined {
    const found = this.look().find((key) => key.id === id);
    if (found) this.#known = new Map(this.#known).set(id, found);
    return found;
  }
}

/** Undefined for a file that is not there, or not whole: it may be on its way to this machine. */
export function keyIn(file: string): MasterKey | undefined {
  try {
    const bytes = readFileSync(file);
    return bytes.length === MASTER_KEY_BYTES ? new MasterKey(bytes) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
