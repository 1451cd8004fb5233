import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';

/** The erasures that this process has tried to carry out and could not, as yet. */
@Injectable()
export class FailingErasures {
  readonly #codes = new Map<string, string>();
  readonly #count: Gauge;

  constructor(registry: Registry) {
    this.#count = new Gauge({
      name: 'habeas_erasures_failing',
      help: 'Erasures that were approved, or are on the erasure list, and could not be carried out so far.',
      registers: [registry],
    });
  }

  get caseIds(): string[] {
    return [...this.#codes.keys()];
  }

  /** Why; undefined for a case whose erasure does not fail. */
  codeOf(caseId: string): string | undefined {
    return this.#codes.get(caseId);
  }

  failed(caseId: string, code: string): void {
    this.#codes.set(caseId, code);
    this.#count.set(this.#codes.size);
  }

  succeeded(caseId: string): void {
    this.#codes.delete(caseId);
    this.#count.set(this.#codes.size);
  }
}
