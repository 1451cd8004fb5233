/**
 * Receives the webhooks of a Habeas: takes what is signed with one of the secrets, is fresh and was not taken before, and
 * writes each event, one JSON object a line, to a file.
 *
 *     WEBHOOK_SECRETS=whsec_… node examples/webhook-receiver.ts events.ndjson 8080
 *
 * While a secret is being changed both stand in WEBHOOK_SECRETS, separated by a space. For the register and its receiver on one
 * machine; on two, put this behind a server that speaks https.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';

/** What was signed longer ago, or is to be signed only then, is somebody's copy, or a clock is wrong. */
export const TOLERANCE_SECONDS = 300;
const LONGEST_BODY = 1_000_000;

/** An event as a webhook tells it. */
export interface ToldEvent {
  position: string;
  eventId: string;
  /** Or `campaignId`, `estimateId`, `recommendationId`: what it is about. */
  caseId?: string;
  type: string;
  recordedAt: string;
}

type Headers = Readonly<Partial<Record<string, string | string[]>>>;

/** Whether a body came with these headers from who shares one of the secrets, now. The body as it was sent, before it is parsed. */
export function genuineIn(headers: Headers, body: string, secrets: readonly string[], now: Date): boolean {
  const [id, timestamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  });
  if (!id || !given || !/^\d{1,12}$/.test(timestamp ?? '')) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = secrets.map((secret) =>
    createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest(),
  );
  const signatures = given
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'));
  return signatures.some((one) =>
    expected.some((other) => one.length === other.length && timingSafeEqual(one, other)),
  );
}

/** What was received, in a file that only grows. An event that is there already is not written again. */
export class ReceivedEvents {
  readonly #file: number;
  /** Of one id there may be two events, in different cases. */
  readonly #known = new Set<string>();

  constructor(path: string) {
    if (existsSync(path)) this.#readBack(path);
    this.#file = openSync(path, 'a', 0o600);
  }

  /** When it returns they are on disk: only then may the register be told so. */
  take(events: readonly ToldEvent[]): void {
    const fresh = events.filter((event) => !this.#known.has(keyOf(event)));
    if (fresh.length === 0) return;
    writeSync(this.#file, fresh.map((event) => `${JSON.stringify(event)}\n`).join(''));
    fsyncSync(this.#file);
    for (const event of fresh) this.#known.add(keyOf(event));
  }

  close(): void {
    closeSync(this.#file);
  }

  /** A line that was cut off in the middle was never acknowledged: it comes again. */
  #readBack(path: string): void {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) {
      this.#known.add(keyOf(JSON.parse(line) as ToldEvent));
    }
  }
}

const keyOf = ({ eventId, position }: ToldEvent): string => `${eventId} ${position}`;

/** 204: taken; 401: not signed by who we know. Whatever goes wrong in here is a 500, after which it comes again. */
export function receiver(events: ReceivedEvents, secrets: readonly string[]): Server {
  return createServer((request, response) => {
    bodyOf(request)
      .then((body) => {
        if (!genuineIn(request.headers, body, secrets, new Date())) return 401;
        const told = JSON.parse(body) as { data: { events: ToldEvent[] } };
        events.take(told.data.events);
        return 204;
      })
      .catch(() => 500)
      .then((status) => response.writeHead(status).end())
      .catch(() => response.destroy());
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new Error('the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , path = 'events.ndjson', port = '8080'] = process.argv;
  const secrets = (process.env['WEBHOOK_SECRETS'] ?? '').split(' ').filter(Boolean);
  if (secrets.length === 0) throw new Error('WEBHOOK_SECRETS is missing');
  const server = receiver(new ReceivedEvents(path), secrets);
  server.listen(Number(port), '127.0.0.1', () => {
    const address = server.address();
    console.log(`listening on ${typeof address === 'object' ? address?.port : address}`);
  });
}
