import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Counter, Registry } from 'prom-client';
import { askedGauge } from '../../http/metrics/asked-gauge.js';
import { ConsumerDatabase } from '../consumers/consumer-database.js';
import type { ConsumerTables } from '../consumers/consumer-tables.js';
import type { TryOutcome } from './try-outcome.js';

/** Webhooks in numbers: tries of this process; what is failing and parked as the tables have it, the same from every process. */
@Injectable()
export class WebhookFigures {
  readonly #tries: Counter<'outcome'>;

  constructor(registry: Registry, { tables }: ConsumerDatabase) {
    this.#tries = new Counter({
      name: 'habeas_webhook_tries_total',
      help: 'Tries to deliver to a webhook, by how they ended; parked and gone are failures, too.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    askedGauge(registry, 'habeas_webhooks_failing', 'Webhooks whose last try failed.', () =>
      failingOf(tables),
    );
    askedGauge(
      registry,
      'habeas_webhook_events_parked',
      'Events that were tried in vain and put aside.',
      () => parkedOf(tables),
    );
  }

  readonly tried = (kind: TryOutcome['kind']): void => this.#tries.inc({ outcome: kind });
}

async function failingOf(tables: Kysely<ConsumerTables>): Promise<number> {
  const { count } = await tables
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('failing_since', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function parkedOf(tables: Kysely<ConsumerTables>): Promise<number> {
  const { count } = await tables
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('consumer', 'like', 'webhook:%')
    .where('parked_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
