import { Injectable } from '@nestjs/common';
import type { KnownBy } from '../../cases/case-history.js';
import { CASES } from '../../cases/read-models/case-read-model.js';
import { Freshness } from '../../cases/queries/freshness.js';
import { requireSettled } from '../../cases/queries/settled-instant.js';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { EventStore, type Position } from '../../event-store/event-store.js';
import { Projections } from '../../projections/projections.js';
import { ChangeFeed } from '../feed/change-feed.js';

/** Of which state of the register a report is asked for: RFC 3339, and positions of the store. */
export interface AskedState extends KnownBy {
  minPosition?: Position;
}

export interface StateToAsk {
  /** Empty: the present. */
  known: KnownBy;
  /** Of the present: up to here the cases' read model is known to show everything. */
  shown?: Position;
}

/** Settles of which state a report will be, and that the read model knows of every case there was by then. */
@Injectable()
export class AskedStates {
  constructor(
    private readonly store: EventStore,
    private readonly feed: ChangeFeed,
    private readonly projections: Projections,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** Throws `malformed` for a state that there was not, or that may still change, and `read-model-behind`. */
  async settle({ knownAt, position, minPosition }: AskedState): Promise<StateToAsk> {
    const head = await this.store.head();
    if (knownAt === undefined && position === undefined) {
      await this.freshness.atLeast(minPosition);
      const shows = head !== undefined && (await this.projections.shows(CASES, head));
      return { known: {}, ...(shows && { shown: head }) };
    }
    if (position === undefined) requireSettled(knownAt ?? '', this.clock);
    else await this.#check(position, head);
    // Before anything was recorded there is nothing to wait for.
    await this.freshness.atLeast((position ?? head) || undefined);
    return {
      known: {
        ...(knownAt !== undefined && { knownAt: new Date(knownAt).toISOString() }),
        ...(position !== undefined && { position }),
      },
    };
  }

  /** The empty one is that of a register in which nothing was recorded: no store has given it. */
  async #check(position: Position, head: Position | undefined): Promise<void> {
    if (position === '') return;
    await this.feed.check(position, '/query/position');
    if (position <= (head ?? '')) return;
    throw new HabeasError('malformed', 'unknown-position', 'nothing was recorded at this position yet', {
      errors: [{ pointer: '/query/position', message: 'is not a position of this register' }],
    });
  }
}
