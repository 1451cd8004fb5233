import { Injectable } from '@nestjs/common';
import { Projections } from '../../projections/projections.js';
import { CASES } from '../read-models/case-read-model.js';

const LONGEST_WAIT_MS = 5_000;

/** Lets a caller read its own writes. */
@Injectable()
export class Freshness {
  constructor(private readonly projections: Projections) {}

  /** Resolves once the read model shows what was recorded up to the position; throws `read-model-behind` after 5 s. */
  async atLeast(minPosition: string | undefined): Promise<void> {
    if (minPosition !== undefined) await this.projections.waitFor(CASES, minPosition, LONGEST_WAIT_MS);
  }
}
