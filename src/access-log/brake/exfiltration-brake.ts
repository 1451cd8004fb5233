import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Counter, Registry } from 'prom-client';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { migrate } from '../../database/migrate.js';
import { HabeasError } from '../../errors.js';
import { Log } from '../../log.js';
import { AccessDatabase } from '../../security/access-database.js';
import { Groups } from '../writing/groups.js';
import { BRAKE_MIGRATIONS, type BrakeTables } from './brake-tables.js';
import { ShownCases, type Showing } from './shown-cases.js';

const DAY_MS = 86_400_000;
const MOST_REMEMBERED = 200_000;
const HEAVIEST_GROUP = 5_000;

/**
 * How many different cases a principal may be shown the personal data of in a day, at all processes together. Whoever has been
 * shown a case may see it again on that day.
 */
@Injectable()
export class ExfiltrationBrake implements OnModuleInit {
  readonly #mostADay: number;
  readonly #shown: ShownCases;
  /** Known to be counted, so that only cases that are new to the principal cost a write. */
  readonly #remembered = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  readonly #groups: Groups<Showing, boolean>;
  readonly #pulled: Counter;
  #forgottenBefore = '';

  constructor(
    { casesPerDay }: Config,
    private readonly database: AccessDatabase,
    private readonly clock: Clock,
    private readonly log: Log,
    registry: Registry,
  ) {
    this.#mostADay = casesPerDay;
    this.#shown = new ShownCases(database.tables.withTables<BrakeTables>(), casesPerDay);
    this.#groups = new Groups((showings) => this.#shown.count(showings), {
      weight: HEAVIEST_GROUP,
      of: ({ caseIds }) => caseIds.length,
    });
    this.#pulled = new Counter({
      name: 'habeas_exfiltration_brake_total',
      help: 'Answers refused because the principal would have been shown more cases than a day holds.',
      registers: [registry],
    });
  }

  onModuleInit(): Promise<void> {
    return migrate(this.database.tables, 'brake', BRAKE_MIGRATIONS);
  }

  /** Resolves when the cases are counted; throws `too-many-cases`, and counts none of them, if they are more than the day holds. */
  async pass(principalId: string, caseIds: readonly string[], correlationId: string): Promise<void> {
    if (this.#mostADay === 0) return;
    const day = this.clock.today();
    const remembered = (caseId: string): string => `${day} ${principalId} ${caseId}`;
    const unknown = [...new Set(caseIds)].filter((caseId) => !this.#remembered.has(remembered(caseId)));
    if (unknown.length === 0) return;
    await this.#forget(day);
    if (!(await this.#groups.take({ day, principalId, caseIds: unknown }))) {
      this.#pulled.inc();
      this.log.error({ principalId, correlationId, mostADay: this.#mostADay }, 'exfiltration brake');
      throw tooManyCases(this.#mostADay);
    }
    for (const caseId of unknown) this.#remembered.set(remembered(caseId), true);
  }

  /** A process whose clock is a little behind may still be in the day before. */
  async #forget(today: string): Promise<void> {
    const before = new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10);
    if (before <= this.#forgottenBefore) return;
    this.#forgottenBefore = before;
    await this.#shown.forget(before);
  }
}

const tooManyCases = (mostADay: number): HabeasError =>
  new HabeasError(
    'too_many',
    'too-many-cases',
    `you have been shown as many cases today as the limit of ${mostADay} allows; those you have seen stay open to you`,
  );
