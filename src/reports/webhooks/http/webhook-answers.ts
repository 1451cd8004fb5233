import { ApiProperty } from '@nestjs/swagger';
import { AboutView, OutstandingView } from '../../consumers/http/consumer-answers.js';
import { FEED_TYPES } from '../../feed/feed-streams.js';
import type { ToldEvent } from '../delivery.js';
import type { ParkedMessage } from '../parked-messages.js';
import type { SecretEntry, ShownSecret } from '../webhook-secrets.js';
import type { WebhookEntry } from '../webhooks.js';

const INSTANT_OR_NULL = { format: 'date-time', type: String, nullable: true } as const;

export class ShownSecretView implements ShownSecret {
  @ApiProperty()
  secretId: string;

  @ApiProperty({ description: 'The only time that the secret is shown.', example: 'whsec_…' })
  secret: string;
}

export class NewWebhookView extends ShownSecretView {
  @ApiProperty({ format: 'uuid' })
  webhookId: string;
}

class SecretView implements SecretEntry {
  @ApiProperty()
  secretId: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ ...INSTANT_OR_NULL, description: 'signed with until then; null: until further notice' })
  until: string | null;
}

class WebhookView implements WebhookEntry {
  @ApiProperty({ format: 'uuid' })
  webhookId: string;

  @ApiProperty()
  url: string;

  @ApiProperty({ type: String, nullable: true })
  label: string | null;

  @ApiProperty({ enum: FEED_TYPES, isArray: true, nullable: true, description: 'null: all' })
  types: readonly string[] | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, description: 'opaque; the feed is read up to here for it' })
  position: string | null;

  @ApiProperty({
    type: OutstandingView,
    description: 'events that were read from the feed and not delivered',
  })
  outstanding: OutstandingView;

  @ApiProperty({ ...INSTANT_OR_NULL, description: 'when something was delivered last' })
  deliveredAt: string | null;

  @ApiProperty({ ...INSTANT_OR_NULL, description: 'since then no try has succeeded' })
  failingSince: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'why the last try failed: `status-…`, `timed-out`, `not-reached`, or a code of this service',
  })
  failure: string | null;

  @ApiProperty({ ...INSTANT_OR_NULL, description: 'the receiver answered 410, and is sent nothing more' })
  goneAt: string | null;

  @ApiProperty({ type: [SecretView], description: 'those in force, the newest first' })
  secrets: SecretView[];
}

export class WebhookList {
  @ApiProperty({ type: [WebhookView] })
  items: WebhookView[];
}

class ToldEventView extends AboutView implements ToldEvent {
  @ApiProperty({ description: 'opaque' })
  position: string;

  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty({ enum: FEED_TYPES })
  type: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt: string;
}

class ParkedMessageView implements ParkedMessage {
  @ApiProperty({ format: 'uuid', description: 'the `webhook-id` that it was sent with' })
  messageId: string;

  @ApiProperty({ description: 'why the last try failed' })
  code: string;

  @ApiProperty({ format: 'date-time' })
  parkedAt: string;

  @ApiProperty({ type: 'integer' })
  tries: number;

  @ApiProperty({ type: [ToldEventView] })
  events: ToldEventView[];
}

export class ParkedMessageList {
  @ApiProperty({ type: [ParkedMessageView], description: 'the first ones, in order' })
  items: ParkedMessageView[];
}

export class RetriedView {
  @ApiProperty({ type: [String], format: 'uuid', description: 'of what is tried again' })
  messageIds: string[];
}
