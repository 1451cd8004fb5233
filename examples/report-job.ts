/**
 * A report job: takes the facts of a Habeas from a consumer group into a database of its own, and tells from there how many
 * persons are held now and how many days of detention were imposed in each month.
 *
 *     HABEAS_KEY=hb_… node examples/report-job.ts http://127.0.0.1:3000 projection.db
 *
 * The key is that of a reporter. It may be killed at any moment and started again, and several may run at once, each with a file
 * of its own or all on one. To begin anew: remove the file and give another `--consumer`. `--until-idle` ends when there is nothing
 * more. What the guarantees are that it rests on: docs/consumers.md.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

/** An entry of the feed, as a lease has it. */
interface Entry {
  position: string;
  eventId: string;
  /** Absent where it is about a campaign, an estimate or a recommendation: these are corrected and voided, too. */
  caseId?: string;
  revision: number;
  type: string;
  data: Record<string, unknown>;
  /** How often it was handed out. */
  attempt: number;
}

interface Lease {
  leaseId: string | null;
  entries: Entry[];
}

interface Figures {
  personsHeld: number;
  daysImposed: Record<string, number>;
}

/** A fact as it stands, corrections and voids taken into account. */
interface Fact {
  caseId: string;
  type: string;
  data: Record<string, unknown>;
}

/** The kinds of facts that say something of custody or of sentences, or change what others say. */
const TYPES = [
  ...['Arrested', 'Released', 'DiedInCustody', 'Sentenced'],
  ...['EventCorrected', 'EventVoided', 'CaseMerged', 'CaseUnmerged'],
];
const MOST_ATTEMPTS = 5;
const COME_BACK_AFTER_SECONDS = 10;

/** It comes again as it is, however often: so it is put aside, for somebody to look at. */
class NotUnderstood extends Error {}

/** What was taken from the feed, and what follows from it. */
class Projection {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 1_000 });
    // An acknowledged entry never comes again: what is committed has to be on disk.
    this.#database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      create table if not exists event (
        eventId text, position text, caseId text, revision integer, type text, data text,
        primary key (eventId, position)
      ) without rowid, strict;`);
  }

  /** All of them or none, each once however often it comes. Gives how many were new. */
  take(entries: readonly Entry[]): number {
    const insert = this.#database.prepare('insert or ignore into event values (?, ?, ?, ?, ?, ?)');
    this.#database.exec('begin immediate');
    try {
      let fresh = 0;
      for (const { eventId, position, caseId, revision, type, data } of entries) {
        if (caseId === undefined) continue;
        const { changes } = insert.run(eventId, position, caseId, revision, type, JSON.stringify(data));
        fresh += Number(changes);
      }
      this.#database.exec('commit');
      return fresh;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    }
  }

  figures(): Figures {
    const facts = this.#inForce();
    const daysImposed: Record<string, number> = {};
    for (const { type, data } of facts) {
      if (type !== 'Sentenced') continue;
      const month = /^\d{4}-\d{2}/.exec(String(data['at']))?.[0] ?? 'undated';
      daysImposed[month] = (daysImposed[month] ?? 0) + Number(data['days']);
    }
    const months = Object.entries(daysImposed).sort(([a], [b]) => (a < b ? -1 : 1));
    return { personsHeld: personsHeldBy(facts), daysImposed: Object.fromEntries(months) };
  }

  close(): void {
    this.#database.close();
  }

  /** From the last event to the first: by then it is known which are void, and what others were corrected to. */
  #inForce(): Fact[] {
    const rows = this.#database
      .prepare('select eventId, caseId, type, data from event order by position desc')
      .all() as { eventId: string; caseId: string; type: string; data: string }[];
    const [voided, corrected] = [new Set<string>(), new Map<string, Fact['data']>()];
    const facts: Fact[] = [];
    for (const { eventId, caseId, type, data } of rows) {
      if (voided.has(eventId)) continue;
      const read = JSON.parse(data) as Fact['data'];
      const of = String(read['eventId']);
      if (type === 'EventVoided') voided.add(of);
      else if (type !== 'EventCorrected') facts.push({ caseId, type, data: corrected.get(eventId) ?? read });
      else if (!corrected.has(of)) corrected.set(of, read['data'] as Fact['data']);
    }
    return facts.toReversed();
  }
}

/** Persons with an arrest after which they were not released and did not die in custody. Merged cases are one person. */
function personsHeldBy(facts: readonly Fact[]): number {
  const mergedInto = new Map<string, string>();
  for (const { type, caseId, data } of facts) {
    if (type === 'CaseMerged') mergedInto.set(caseId, String(data['intoCaseId']));
    if (type === 'CaseUnmerged') mergedInto.delete(caseId);
  }
  const personOf = (caseId: string): string => {
    const into = mergedInto.get(caseId);
    return into === undefined ? caseId : personOf(into);
  };
  const ended = new Set(
    facts
      .filter(({ type }) => type === 'Released' || type === 'DiedInCustody')
      .map(({ data }) => data['detentionId']),
  );
  const held = facts.filter(({ type, data }) => type === 'Arrested' && !ended.has(data['detentionId']));
  return new Set(held.map(({ caseId }) => personOf(caseId))).size;
}

/** Throws `NotUnderstood` for what the figures could not be made of. */
function check({ type, data }: Entry): void {
  if (type === 'Sentenced' && !Number.isInteger(data['days'])) throw new NotUnderstood('days-missing');
  if (type === 'Arrested' && typeof data['detentionId'] !== 'string')
    throw new NotUnderstood('detention-missing');
}

/** The consumer group at the service. */
class Consumer {
  readonly #address: string;
  readonly #key: string;

  constructor(url: string, name: string, key: string) {
    this.#address = `${url}/v1/consumers/${name}`;
    this.#key = key;
  }

  async lease(limit: number, waitSeconds: number): Promise<Lease> {
    return (await this.#post('lease', { limit, seconds: 60, waitSeconds, types: TYPES })) as Lease;
  }

  settle(how: 'ack' | 'retry' | 'park', body: object): Promise<unknown> {
    return this.#post(how, body);
  }

  /** Asks again as long as the service is away or busy: to repeat a request does no harm. */
  async #post(path: string, body: object): Promise<unknown> {
    for (let seconds = 1; ; seconds = Math.min(2 * seconds, 60)) {
      const response = await fetch(`${this.#address}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      if (response?.ok) return response.json();
      // What we ask for is wrong, and would be wrong again.
      if (response && response.status < 500 && response.status !== 429)
        throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
      const asked = Number(response?.headers.get('retry-after') ?? 0);
      await pause(1000 * Math.max(asked, seconds));
    }
  }
}

/** Takes what a lease has, and only then says so: a process that dies in between is handed the same again. */
async function work(consumer: Consumer, projection: Projection, { leaseId, entries }: Lease): Promise<void> {
  const taken: Entry[] = [];
  const aside: { eventId: string; code: string }[] = [];
  for (const entry of entries) {
    try {
      check(entry);
      taken.push(entry);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      aside.push({ eventId: entry.eventId, code: error.message });
    }
  }
  try {
    const fresh = projection.take(taken);
    console.log(`${entries.length} handed out, ${fresh} new, ${aside.length} put aside`);
  } catch (error) {
    // The disk is full, or somebody has the file: perhaps it passes. If it does not, somebody has to look.
    const stuck = entries.some(({ attempt }) => attempt >= MOST_ATTEMPTS);
    console.error(stuck ? 'put aside:' : 'given back:', error);
    if (stuck) await consumer.settle('park', { leaseId, code: 'not-written' });
    else await consumer.settle('retry', { leaseId, delaySeconds: COME_BACK_AFTER_SECONDS });
    return;
  }
  // Parking gives back the later ones of the case: they come when it is decided, and are known then.
  for (const { eventId, code } of aside)
    await consumer.settle('park', { leaseId, eventIds: [eventId], code });
  if (taken.length > 0)
    await consumer.settle('ack', { leaseId, eventIds: taken.map(({ eventId }) => eventId) });
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    consumer: { type: 'string', default: 'report-job' },
    batch: { type: 'string', default: '500' },
    'until-idle': { type: 'boolean', default: false },
  },
});
const [url, file] = positionals;
const key = process.env['HABEAS_KEY'];
if (url === undefined || file === undefined || key === undefined) {
  throw new Error('HABEAS_KEY=hb_… node examples/report-job.ts <url> <file>');
}
const projection = new Projection(file);
const consumer = new Consumer(url, values.consumer, key);
for (;;) {
  const lease = await consumer.lease(Number(values.batch), values['until-idle'] ? 0 : 20);
  if (lease.leaseId !== null) {
    await work(consumer, projection, lease);
    continue;
  }
  console.log(JSON.stringify(projection.figures()));
  if (values['until-idle']) break;
}
projection.close();
