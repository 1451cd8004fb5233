import { Injectable } from '@nestjs/common';
import type { Uuid } from '../../cases/domain/facts/common.js';
import { requireSettled } from '../../cases/queries/settled-instant.js';
import { marksIn, streamEntry, type StreamEntry } from '../../cases/queries/stream-entry.js';
import { seesPersons, type Viewer } from '../../cases/queries/viewer.js';
import { Clock } from '../../clock.js';
import { EventStore } from '../../event-store/event-store.js';
import { isForeign } from '../../event-store/foreign-position.js';
import { Unsealing } from '../../ledger/unsealing.js';
import { unknownPosition } from '../../projections/behind.js';
import type { Subject } from '../domain/kinds.js';
import { MOST_ORDINAL } from '../domain/limits.js';
import type { Campaign, Estimate, Recommendation, Register } from '../domain/register.js';
import { notRecorded } from '../not-found.js';
import { RegisterBook } from '../register-book.js';
import { registerStream } from '../register-stream.js';

/** How a question about the register was put. */
export interface RegisterQuestion {
  /** RFC 3339. */
  knownAt?: string;
  /** A position that a command gave. */
  minPosition?: string;
}

export type CampaignWithWaves = Campaign & { waves: Campaign[] };

export interface RegisterHistory {
  /** What is sealed has been left out for this caller. */
  masked?: true;
  /** In record order. */
  items: StreamEntry[];
}

/**
 * What is recorded of campaigns, estimates and recommendations, for whoever may ask. It is read from the store itself, so every answer
 * has what was recorded before the question.
 */
@Injectable()
export class RegisterReading {
  constructor(
    private readonly book: RegisterBook,
    private readonly store: EventStore,
    private readonly unsealing: Unsealing,
    private readonly clock: Clock,
  ) {}

  /** Campaigns in the order of recording, each with its waves. */
  async campaigns(asked: RegisterQuestion): Promise<CampaignWithWaves[]> {
    const { campaigns } = await this.#standing(asked);
    const ids = new Set(campaigns.map(({ campaignId }) => campaignId));
    return campaigns
      .filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
      .map((campaign) => withWaves(campaign, campaigns));
  }

  async campaign(id: Uuid, asked: RegisterQuestion): Promise<CampaignWithWaves> {
    const { campaigns } = await this.#standing(asked);
    const campaign = campaigns.find(({ campaignId }) => campaignId === id);
    if (!campaign) throw notRecorded('campaign');
    return withWaves(campaign, campaigns);
  }

  /** In the order of recording; of one campaign, if asked, without its waves'. */
  async estimates(asked: RegisterQuestion & { campaignId?: Uuid }): Promise<Estimate[]> {
    const { estimates } = await this.#standing(asked);
    return estimates.filter(
      ({ campaignId }) => asked.campaignId === undefined || campaignId === asked.campaignId,
    );
  }

  async estimate(id: Uuid, asked: RegisterQuestion): Promise<Estimate> {
    const found = (await this.#standing(asked)).estimates.find(({ estimateId }) => estimateId === id);
    if (!found) throw notRecorded('estimate');
    return found;
  }

  async recommendations(asked: RegisterQuestion): Promise<readonly Recommendation[]> {
    return (await this.#standing(asked)).recommendations;
  }

  async recommendation(id: Uuid, asked: RegisterQuestion): Promise<Recommendation> {
    const { recommendations } = await this.#standing(asked);
    const found = recommendations.find(({ recommendationId }) => recommendationId === id);
    if (!found) throw notRecorded('recommendation');
    return found;
  }

  /** All that was ever recorded of one of them, also where it is voided; what is sealed for whoever works with persons only. */
  async history(subject: Subject, id: Uuid, viewer: Viewer): Promise<RegisterHistory> {
    const stream = registerStream(subject, id);
    const events = (await this.book.events()).filter((event) => event.stream === stream);
    if (events.length === 0) throw notRecorded(subject);
    const isWhole = seesPersons(viewer);
    const shown = isWhole ? await this.unsealing.reveal(events) : events;
    const marks = marksIn(events);
    return {
      ...(isWhole ? {} : { masked: true as const }),
      items: shown.map((event) => streamEntry(event, marks)),
    };
  }

  async #standing({ knownAt, minPosition }: RegisterQuestion): Promise<Register> {
    if (knownAt !== undefined) requireSettled(knownAt, this.clock);
    if (minPosition !== undefined && isForeign(minPosition, await this.store.head())) throw unknownPosition();
    return this.book.load(knownAt === undefined ? {} : { knownAt });
  }
}

/** By their number; those without one come last, as recorded. */
function withWaves(campaign: Campaign, campaigns: readonly Campaign[]): CampaignWithWaves {
  const waves = campaigns
    .filter(({ parentId }) => parentId === campaign.campaignId)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return { ...campaign, waves };
}

const placeOf = ({ ordinal }: Campaign): number => ordinal ?? MOST_ORDINAL + 1;
