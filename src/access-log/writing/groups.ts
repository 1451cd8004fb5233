interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** One group at a time: what comes while it is being worked on waits, and goes together after it. Order is kept. */
export class Groups<Item, Result> {
  readonly #waiting: Waiting<Item, Result>[] = [];
  #isWorking = false;

  /** `work` gives a result for each item, in their order; its failure is the failure of each of them. */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly limit: { weight: number; of: (item: Item) => number },
  ) {}

  take(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    // What comes at the same moment goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#one(this.#next());
    this.#isWorking = false;
  }

  async #one(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(group.map(({ item }) => item));
      group.forEach(({ resolve }, place) => resolve(results[place]!));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** At least one, however heavy it is. */
  #next(): Waiting<Item, Result>[] {
    let weight = 0;
    const tooMany = this.#waiting.findIndex(({ item }, place) => {
      weight += this.limit.of(item);
      return place > 0 && weight > this.limit.weight;
    });
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany);
  }
}
