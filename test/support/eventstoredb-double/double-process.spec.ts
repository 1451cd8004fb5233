import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DoubleProcess } from './double-process.js';
import { allOf, failureOf, newEvents, newStream } from './given-double.js';

describe('a double in a process of its own', () => {
  let double: DoubleProcess;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    double = await DoubleProcess.start();
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await double.stop();
  });

  it('serves, and tells what it holds', async () => {
    const stream = newStream();
    const events = newEvents(3);
    const { position } = await client.appendToStream(stream, events);
    const report = await double.report();
    expect(report.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(report.events.at(-1)).toMatchObject({ stream, revision: 2n, position: position?.commit });
    expect(report.traffic).toMatchObject({ appends: 1, openBatchStreams: 1 });
  });

  it('misbehaves as it is told', async () => {
    await double.tell({ do: 'appends', fault: { answer: 'unavailable', written: true } });
    const events = newEvents(1);
    const stream = newStream();
    expect(await failureOf(client.appendToStream(stream, events))).toBeInstanceOf(UnavailableError);
    expect(await allOf(client.readStream(stream))).toHaveLength(1);
    await double.tell({ do: 'set', switches: { unavailable: true } });
    expect(await failureOf(allOf(client.readStream(stream)))).toBeInstanceOf(UnavailableError);
    await double.tell({ do: 'clear' });
    await double.tell({ do: 'reads', fault: { answer: 'end' }, times: Infinity });
    expect(await allOf(client.readStream(stream))).toHaveLength(0);
    await double.tell({ do: 'clear' });
    await double.tell({ do: 'restart' });
    await failureOf(allOf(client.readStream(stream)));
    expect(await allOf(client.readStream(stream))).toHaveLength(1);
  });
});
