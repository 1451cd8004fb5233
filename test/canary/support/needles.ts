import { formsOf, type Form } from './forms.js';

/** Many words in all their forms, looked for in one pass. */
export class Needles {
  readonly #byHead = new Map<number, Form[]>();
  /** By the first two bytes: whether anything begins with them. */
  readonly #begins = new Uint8Array(0x1_0000);

  constructor(words: Iterable<string>) {
    const seen = new Set<string>();
    for (const form of [...words].flatMap(formsOf)) {
      const { bytes } = form;
      if (seen.has(bytes.toString('latin1'))) continue;
      seen.add(bytes.toString('latin1'));
      const head = bytes.readUInt32LE(0);
      this.#begins[bytes.readUInt16LE(0)] = 1;
      const others = this.#byHead.get(head);
      if (others) others.push(form);
      else this.#byHead.set(head, [form]);
    }
  }

  /** What is found, each form of each word once. */
  in(hay: Buffer): Form[] {
    const found = new Set<Form>();
    for (let at = 0; at + 4 <= hay.length; at += 1) {
      if (this.#begins[hay[at]! | (hay[at + 1]! << 8)] === 0) continue;
      for (const form of this.#byHead.get(hay.readUInt32LE(at)) ?? []) {
        if (hay.subarray(at, at + form.bytes.length).equals(form.bytes)) found.add(form);
      }
    }
    return [...found];
  }
}
