import { randomUUID } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** The name space of the ids that commands with an idempotency key make. Never change it: repeats would not meet. */
const NAMESPACE = '7b0f8c34-6d0e-4a5b-9f63-3b7a0b4c1d2e';

/**
 * The ids a command makes. With an idempotency key each is a function of the principal, the key and what it is for, so a
 * repeat makes the same ones, meets the same stream, and the store refuses the double. Without one they are new.
 */
export class CommandIds {
  readonly #made = new Map<string, string>();

  constructor(
    private readonly principalId: string,
    private readonly idempotencyKey: string | undefined,
  ) {}

  for(purpose: string): string {
    return this.#make(purpose, randomUUID);
  }

  /** New ones ascend: the store's index of event ids then grows at its end. */
  event(place: number): string {
    return this.#make(`event:${place}`, v7);
  }

  #make(purpose: string, anew: () => string): string {
    let id = this.#made.get(purpose);
    if (id === undefined) {
      id =
        this.idempotencyKey === undefined
          ? anew()
          : v5(JSON.stringify([this.principalId, this.idempotencyKey, purpose]), NAMESPACE);
      this.#made.set(purpose, id);
    }
    return id;
  }
}
