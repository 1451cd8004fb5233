import type { Draft } from '../gathering/gathering.js';

/** In memory only, the ones asked for last. Of a register that has gone on they would else be made again for each reader. */
export class KeptDrafts {
  readonly #drafts = new Map<string, Draft>();
  #characters = 0;

  constructor(
    private readonly most: number,
    private readonly mostCharacters: number,
  ) {}

  find(key: string): Draft | undefined {
    const draft = this.#drafts.get(key);
    if (!draft) return undefined;
    // A map keeps the order of insertion.
    this.#drafts.delete(key);
    this.#drafts.set(key, draft);
    return draft;
  }

  /** The last one is kept whatever its size: somebody is on the way back for it. */
  keep(key: string, draft: Draft): void {
    this.#forget(key);
    this.#drafts.set(key, draft);
    this.#characters += sizeOf(draft);
    for (const oldest of this.#drafts.keys()) {
      const fits = this.#drafts.size <= this.most && this.#characters <= this.mostCharacters;
      if (fits || this.#drafts.size === 1) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const draft = this.#drafts.get(key);
    if (draft) this.#characters -= sizeOf(draft);
    this.#drafts.delete(key);
  }
}

const sizeOf = ({ text, printed }: Draft): number => text.length + (printed?.cells.length ?? 0);
