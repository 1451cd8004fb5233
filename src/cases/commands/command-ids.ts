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
    let id = this.#made.get(purpose);
    if (id === undefined) {
      id =
        this.idempotencyKey === undefined
          ? v7()
          : v5(JSON.stringify([this.principalId, this.idempotencyKey, purpose]), NAMESPACE);
      this.#made.set(purpose, id);
    }
    return id;
  }

  event(place: number): string {
    return this.for(`event:${place}`);
  }
}
