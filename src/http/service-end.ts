import { Injectable } from '@nestjs/common';

/** Tells answers that would go on for ever (event streams) that the service is about to stop. */
@Injectable()
export class ServiceEnd {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  announce(): void {
    this.#controller.abort();
  }
}
