const FIRST_ROOM = 64;

/** Persons, each with a place from 0 in the order in which they came: with none of the objects that a map of a hundred thousand would be. */
export class Numbered {
  #persons = new Float64Array(FIRST_ROOM);
  /** At twice the room: the place, and one more; 0 where nobody is. */
  #slots = new Int32Array(2 * FIRST_ROOM);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** In the order of their places. */
  get persons(): Float64Array {
    return this.#persons.subarray(0, this.#count);
  }

  has(person: number): boolean {
    return this.#slots[this.#slotOf(person)] !== 0;
  }

  /** Takes the person in if they are not among them yet. */
  placeOf(person: number): number {
    let slot = this.#slotOf(person);
    const known = this.#slots[slot]!;
    if (known !== 0) return known - 1;
    if (this.#count === this.#persons.length) {
      this.#grow();
      slot = this.#slotOf(person);
    }
    this.#persons[this.#count] = person;
    this.#count += 1;
    this.#slots[slot] = this.#count;
    return this.#count - 1;
  }

  #slotOf(person: number): number {
    const last = this.#slots.length - 1;
    // They are hashes already: their low bits are as good as any.
    let slot = (person | 0) & last;
    for (;;) {
      const known = this.#slots[slot]!;
      if (known === 0 || this.#persons[known - 1] === person) return slot;
      slot = (slot + 1) & last;
    }
  }

  #grow(): void {
    const before = this.#persons;
    this.#persons = new Float64Array(2 * before.length);
    this.#persons.set(before);
    this.#slots = new Int32Array(2 * this.#persons.length);
    before.forEach((person, place) => (this.#slots[this.#slotOf(person)] = place + 1));
  }
}
