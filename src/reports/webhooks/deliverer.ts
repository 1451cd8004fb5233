import { HabeasError } from '../../errors.js';
import type { Clock } from '../../clock.js';
import { traceOf, type Log } from '../../log.js';
import { Alarm, supervise } from '../../projections/supervise.js';
import { hostOf } from './address.js';
import { bodyOf } from './delivery.js';
import type { Message, Outbox } from './outbox.js';
import type { Sender } from './sender.js';
import { signedHeaders } from './signature.js';
import { outcomeOf, type TryOutcome } from './try-outcome.js';
import type { WebhookSecrets } from './webhook-secrets.js';
import type { Webhooks } from './webhooks.js';

const LOOK_EVERY_MS = 1_000;
/** After something of our own was out of order: a key that is lost, a store that was restored. */
const REST_MS = 60_000;
/** A try that is under way when the service ends may take that long still. */
const PATIENCE_MS = 5_000;

export interface DelivererParts {
  webhooks: Pick<Webhooks, 'active' | 'urlOf'>;
  secrets: Pick<WebhookSecrets, 'inForce'>;
  outbox: Outbox;
  sender: Sender;
  clock: Clock;
  log: Log;
  /** From 0 to 1. */
  chance: () => number;
  /** Told of every try. */
  tell: (kind: TryOutcome['kind']) => void;
}

/** Delivers to every webhook what there is for it: side by side, and to each one message after the other. */
export class Deliverer {
  readonly #end = new AbortController();
  readonly #cutOff = new AbortController();
  readonly #alarm = new Alarm(this.#end.signal);
  readonly #busy = new Map<string, Promise<void>>();
  readonly #resting = new Map<string, number>();
  #ended: Promise<void> | undefined;

  constructor(private readonly parts: DelivererParts) {}

  start(): void {
    const { signal } = this.#end;
    const onTrouble = (error: unknown): void =>
      this.parts.log.warn(traceOf(error), 'webhooks not looked after');
    this.#ended = supervise(
      async (success) => {
        await this.look();
        success();
        await this.#alarm.pause(LOOK_EVERY_MS);
        return 'again';
      },
      { signal, onTrouble },
    );
  }

  /** Begins no try any more; resolves when none is under way. */
  async stop(patienceMs = PATIENCE_MS): Promise<void> {
    this.#end.abort();
    const patience = setTimeout(() => this.#cutOff.abort(), patienceMs);
    await this.#ended;
    await this.idle();
    clearTimeout(patience);
  }

  /** Begins to deliver to those to whom nothing is on its way. */
  async look(): Promise<void> {
    const now = this.parts.clock.now().getTime();
    for (const webhookId of await this.parts.webhooks.active()) {
      if (this.#busy.has(webhookId) || (this.#resting.get(webhookId) ?? 0) > now) continue;
      const delivering = this.#deliverTo(webhookId).finally(() => this.#busy.delete(webhookId));
      this.#busy.set(webhookId, delivering);
    }
  }

  /** Resolves when there is nothing to deliver at this moment. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  async #deliverTo(webhookId: string): Promise<void> {
    try {
      while (!this.#end.signal.aborted) {
        const message = await this.parts.outbox.next(webhookId);
        if (message === undefined || !(await this.#try(webhookId, message))) return;
      }
    } catch (error) {
      await this.#rest(webhookId, error);
    }
  }

  /** True: the next message may follow. */
  async #try(webhookId: string, message: Message): Promise<boolean> {
    const { webhooks, outbox, secrets, sender, clock } = this.parts;
    const url = await webhooks.urlOf(webhookId);
    const body = bodyOf(message.entries);
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const keys = await secrets.inForce(webhookId);
    const headers = signedHeaders({ id: message.messageId, timestamp, body }, keys);
    const answer = await sender.send(url, headers, body, this.#cutOff.signal);
    if (this.#cutOff.signal.aborted && answer.status === undefined) {
      // Our doing, so it says nothing of the receiver; whoever comes next may try at once.
      await outbox.giveBack(webhookId, message);
      return false;
    }
    const outcome = outcomeOf(answer, message.tries, clock.now(), this.parts.chance());
    await outbox.settle(webhookId, message, outcome.settlement, outcome.seen);
    this.#report(outcome, { webhookId, host: hostOf(url) }, message);
    return outcome.kind === 'delivered' || outcome.kind === 'parked';
  }

  #report(
    { kind, seen }: TryOutcome,
    to: { webhookId: string; host: string },
    { tries: attempts, entries }: Message,
  ): void {
    const { log, tell } = this.parts;
    tell(kind);
    const fields = { ...to, attempts, events: entries.length, code: seen.failure ?? undefined };
    if (kind === 'delivered') log.debug(fields, 'webhook delivered');
    else if (kind === 'failed') log.warn(fields, 'webhook failed');
    else log.error(fields, kind === 'parked' ? 'webhook parked' : 'webhook gone');
  }

  /** One that was deleted meanwhile is none of our business any more. */
  async #rest(webhookId: string, error: unknown): Promise<void> {
    const { outbox, clock, log } = this.parts;
    if (error instanceof HabeasError && error.kind === 'absent') return;
    this.#resting.set(webhookId, clock.now().getTime() + REST_MS);
    const code = error instanceof HabeasError ? error.code : 'unknown-error';
    log.error({ ...traceOf(error), webhookId, code }, 'webhook held up');
    await outbox.note(webhookId, { failure: code }).catch(() => undefined);
  }
}
