/** For one cell, and for all of a report: about a second, and half a minute. */
const MOST_FOR_ONE = 100_000_000;
const MOST_FOR_ALL = 400_000_000;

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
