/** Who is behind a number, and what each of them adds to it: compact, as there may be a hundred thousand of them behind each of a thousand. */
export interface Behind {
  /** By their places in the list of all. */
  places: Int32Array;
  /** What each adds, in the smaller world; of money in the smallest unit. Absent: 1 each. */
  least?: Float64Array;
  /** In the larger world; Infinity: without end. Absent: the same. */
  most?: Float64Array;
  /** Where means are worked out, each amount that went into them, one person's after the other's, ascending for each. */
  each?: { amounts: Float64Array; until: Int32Array };
}

/** The amounts of one of those behind a number, by the order in it. */
export function amountsOf({ each }: Pick<Behind, 'each'>, i: number): Float64Array {
  return each ? each.amounts.subarray(each.until[i - 1] ?? 0, each.until[i]) : NONE;
}

const NONE = new Float64Array();

/** The same while it is added up, person by person. */
export class BehindSoFar {
  readonly #places = new Row(PLACES);
  #least: Row<Amounts> | undefined;
  #most: Row<Amounts> | undefined;
  #each: { amounts: Row<Amounts>; until: Row<Places> } | undefined;

  /** Of a person who is not among them yet. */
  begin(place: number, least: number, most = least): void {
    this.#places.push(place);
    this.#least?.push(1);
    this.#most?.push(1);
    if (least !== 1 || most !== 1) this.more(least - 1, most - 1);
  }

  /** Of the person who was begun last. */
  more(least: number, most = least): void {
    if (least !== most) this.#most ??= this.#least?.copy() ?? this.#ones();
    this.#least ??= this.#ones();
    this.#least.addToLast(least);
    this.#most?.addToLast(most);
  }

  /** One of the amounts of the person who was begun last; either all have some, or nobody has. */
  amount(amount: number): void {
    this.#each ??= { amounts: new Row(AMOUNTS), until: new Row(PLACES) };
    const { amounts, until } = this.#each;
    amounts.push(amount);
    if (until.size < this.#places.size) until.push(amounts.size);
    else until.addToLast(1);
  }

  behind(): Behind {
    return {
      places: this.#places.values(),
      ...(this.#least && { least: this.#least.values() }),
      ...(this.#most && { most: this.#most.values() }),
      ...(this.#each && {
        each: inOrder({ amounts: this.#each.amounts.values(), until: this.#each.until.values() }),
      }),
    };
  }

  #ones(): Row<Amounts> {
    const row = new Row(AMOUNTS);
    for (let i = 0; i < this.#places.size; i++) row.push(1);
    return row;
  }
}

function inOrder(each: NonNullable<Behind['each']>): NonNullable<Behind['each']> {
  each.until.forEach((_, i) => amountsOf({ each }, i).sort());
  return each;
}

const FIRST_ROOM = 8;
const GROWTH = 1.5;

type Places = Int32Array<ArrayBuffer>;
type Amounts = Float64Array<ArrayBuffer>;
type Numbers = Places | Amounts;

interface NumbersOf<N extends Numbers> {
  new (length: number): N;
  new (buffer: ArrayBuffer): N;
  readonly BYTES_PER_ELEMENT: number;
}

const PLACES: NumbersOf<Places> = Int32Array;
const AMOUNTS: NumbersOf<Amounts> = Float64Array;

/** Numbers that become more. */
class Row<N extends Numbers> {
  size = 0;
  #room: N;

  constructor(private readonly of: NumbersOf<N>) {
    this.#room = new of(FIRST_ROOM);
  }

  push(number: number): void {
    if (this.size === this.#room.length) this.#resize(Math.ceil(this.size * GROWTH));
    this.#room[this.size] = number;
    this.size += 1;
  }

  addToLast(number: number): void {
    this.#room[this.size - 1]! += number;
  }

  copy(): Row<N> {
    const copy = new Row(this.of);
    copy.#room = this.#room.slice() as N;
    copy.size = this.size;
    return copy;
  }

  /** Nothing is to be pushed after. The same each time: a figure that copies another has the same behind it. */
  values(): N {
    if (this.size !== this.#room.length) this.#resize(this.size);
    return this.#room;
  }

  /** What was there is let go at once: of a thousand rows that grow side by side much would wait to be collected. */
  #resize(length: number): void {
    this.#room = new this.of(this.#room.buffer.transfer(length * this.of.BYTES_PER_ELEMENT));
  }
}
