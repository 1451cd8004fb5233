import {
  NO_STREAM,
  WrongExpectedVersionError,
  type EventData,
  type EventStoreDBClient,
  type RecordedEvent,
} from '@eventstore/db-client';
import { RevisionConflict, StoreUnavailable } from '../errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../event-store.js';
import { backOff } from './back-off.js';
import type { Connection } from './connection.js';
import { appendFailure, isSilence, outcomeUnknown, reasonOf, type AppendFailure } from './failure.js';
import type { Reading } from './reading.js';
import { within } from './within.js';
import { fromWire, newTag, tagOf, toWire, type AppendTag } from './wire-event.js';

const GRACE_MS = 500;
const PAUSES = { first: 50, longest: 1_000 };

interface Wanted {
  stream: string;
  events: readonly NewEvent[];
  expected: ExpectedRevision;
  wire: EventData[];
  tag: AppendTag;
}

type Attempt = { result: AppendResult } | { failure: AppendFailure; error: unknown };

/** Appends, and tries again with the same ids until it is known what became of it: the server takes an event it has for stored. */
export class Appending {
  constructor(
    private readonly connection: Connection,
    private readonly reading: Reading,
  ) {}

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const tag = newTag();
    const wanted: Wanted = { stream, events, expected, tag, wire: events.map((event) => toWire(event, tag)) };
    const { patience } = this.connection;
    const began = Date.now();
    let perhapsWritten = false;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#attempt(wanted);
      if ('result' in outcome) return outcome.result;
      const { failure, error } = outcome;
      // A conflict is certain even so: the server has looked for these ids before it speaks of one.
      if (failure.kind === 'refused' && (!perhapsWritten || failure.error instanceof RevisionConflict)) {
        throw failure.error;
      }
      perhapsWritten ||= failure.kind === 'unknown';
      if (Date.now() - began > (perhapsWritten ? patience.settling : patience.connecting)) {
        throw perhapsWritten ? outcomeUnknown(error) : unreachable(error);
      }
      await backOff(attempt, PAUSES);
    }
  }

  async #attempt(wanted: Wanted): Promise<Attempt> {
    let client: EventStoreDBClient;
    try {
      client = await this.connection.client();
    } catch (error) {
      return { failure: { kind: 'not sent' }, error };
    }
    try {
      return { result: await this.#send(client, wanted) };
    } catch (error) {
      return { failure: appendFailure(error), error };
    }
  }

  async #send(client: EventStoreDBClient, { stream, expected, wire, tag }: Wanted): Promise<AppendResult> {
    const { patience } = this.connection;
    const sent = client.appendToStream(stream, wire, {
      expectedRevision: expected === 'no_stream' ? NO_STREAM : BigInt(expected),
      credentials: this.connection.credentials,
      requiresLeader: true,
      deadline: patience.attempt,
    });
    const { nextExpectedRevision: revision } = await within(patience.attempt + GRACE_MS, sent).catch(
      (error) => {
        if (isSilence(error)) this.connection.renew(client);
        throw asConflict(error, stream, expected);
      },
    );
    // The answer is the same for what was written now and for the same ids written before; the event itself tells.
    const last = (await this.reading.at(stream, revision))?.event;
    if (last === undefined || last.id !== wire.at(-1)?.id)
      throw new Error('the event just written is not there');
    return resultOf(last, tag);
  }
}

/** An earlier attempt of the very same append counts as this one. */
function resultOf(last: RecordedEvent, tag: AppendTag): AppendResult {
  const { revision, position } = fromWire(last);
  return { revision, position, alreadyStored: tagOf(last) !== tag };
}

/** The client's own has no message, and a word for a stream that is not there. */
function asConflict(error: unknown, stream: string, expected: ExpectedRevision): unknown {
  if (!(error instanceof WrongExpectedVersionError)) return error;
  const { actualVersion } = error;
  return new RevisionConflict(
    stream,
    expected,
    typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no_stream',
  );
}

const unreachable = (error: unknown): StoreUnavailable =>
  error instanceof StoreUnavailable
    ? error
    : new StoreUnavailable(`EventStoreDB takes no appends (${reasonOf(error)})`, { cause: error });
