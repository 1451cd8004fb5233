/** For one cell, and for all of a report: some five seconds, and some twenty-five. */
const MOST_FOR_ONE = 60_000_000;
const MOST_FOR_ALL = 300_000_000;

/** Numbers looked at, counted instead of seconds: what is printed must not depend on the machine. */
export class Work {
  #forOne = 0;
  #forAll = 0;

  begin(): void {
    this.#forOne = 0;
  }

  count(numbers: number): void {
    this.#forOne += numbers;
    this.#forAll += numbers;
  }

  get isTooMuch(): boolean {
    return this.#forOne > MOST_FOR_ONE || this.#forAll > MOST_FOR_ALL;
  }
}
