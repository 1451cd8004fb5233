import { NO_STREAM, NotLeaderError, UnavailableError, type EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import { TcpProxy } from '../tcp-proxy.js';
import { DoubleCluster } from './double-cluster.js';
import { allOf, failureOf, givenDouble, isPending, listen, newEvents, newStream } from './given-double.js';

const append = (client: EventStoreDBClient, stream = newStream(), events = newEvents(1)) =>
  client.appendToStream(stream, events, { expectedRevision: NO_STREAM });

describe('the question which methods the server knows', () => {
  const given = givenDouble();

  it('is asked once', async () => {
    await Promise.all([append(given.client), append(given.client)]);
    await append(given.client);
    expect(given.double.traffic.featureQuestions).toBe(1);
  });

  it.each([
    ['internal', 13],
    ['unavailable', 14],
  ] as const)('is answered %s: a plain gRPC error', async (fault, code) => {
    given.double.faults.features.next(fault);
    const failure = await failureOf(append(given.client));
    expect(failure).toMatchObject({ code });
    expect(failure).not.toBeInstanceOf(UnavailableError);
    expect(given.double.data.events).toHaveLength(0);
    await append(given.connect());
  });

  it('spoils every later append if it failed once for an unknown reason', async () => {
    given.double.faults.features.next('internal');
    await failureOf(append(given.client));
    expect(await failureOf(append(given.client))).toMatchObject({ code: 13 });
    expect(given.double.traffic.featureQuestions).toBe(1);
  });

  it('may never be answered, and every append waits for it', async () => {
    given.double.faults.features.next('never');
    const appends = [append(given.client), append(given.client)];
    await eventually(() => given.double.traffic.featureQuestions === 1);
    expect(await isPending(Promise.race(appends))).toBe(true);
    expect(given.double.traffic.appends).toBe(0);
    await append(given.connect());
  });
});

describe('a restart of the double', () => {
  const given = givenDouble();

  it('cuts what is open, and keeps port and data', async () => {
    await append(given.client);
    const { over } = listen(given.client.subscribeToAll());
    given.double.faults.appends.next({ answer: 'never', written: true });
    const open = append(given.client);
    await eventually(() => given.double.traffic.appends === 2);
    const { port } = given.double;
    const failures = [failureOf(open), failureOf(over)];
    await given.double.restart();
    for (const failure of await Promise.all(failures)) expect(failure).toBeInstanceOf(Error);
    expect(given.double.port).toBe(port);
    expect(await allOf(given.client.readAll())).toHaveLength(given.double.data.records.length);
    await append(given.client);
    expect(given.double.data.events).toHaveLength(3);
  });

  it('is not there while it is stopped', async () => {
    await append(given.client);
    await given.double.stop();
    expect(await failureOf(allOf(given.connect().readAll()))).toBeInstanceOf(UnavailableError);
    await given.double.start();
    await append(given.connect());
    expect(given.double.data.events).toHaveLength(2);
  });

  it('happens to clients behind a proxy as well', async () => {
    const proxy = await TcpProxy.start(given.double.port);
    const client = given.connect(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    await append(client);
    const [stream, events] = [newStream(), newEvents(1)];
    proxy.hold('replies');
    const cut = failureOf(append(client, stream, events));
    await eventually(() => given.double.traffic.appends === 2);
    proxy.cut();
    expect(await cut).toBeInstanceOf(Error);
    proxy.heal();
    const again = given.connect(`esdb://127.0.0.1:${proxy.port}?tls=false`);
    expect(await append(again, stream, events)).toMatchObject({ nextExpectedRevision: 0n });
    expect(given.double.data.events).toHaveLength(2);
    await proxy.stop();
  });
});

describe('a cluster of doubles', () => {
  const given = givenDouble();

  it('shows the way to its leader, and moves on with it', async () => {
    const cluster = await DoubleCluster.start();
    const [first, second] = cluster.nodes;
    const client = given.connect(cluster.connectionString);
    const atTheLeader = { requiresLeader: true };
    const send = () => client.appendToStream(newStream(), newEvents(1), atTheLeader);
    await send();
    expect(first?.traffic.appends).toBe(1);
    for (const [old, next] of [
      [first, second],
      [second, first],
    ]) {
      cluster.elect(next!);
      expect(await allOf(client.readAll())).toHaveLength(cluster.leader.data.records.length);
      const ask = old === first ? send() : allOf(client.readAll(atTheLeader));
      const refused = await failureOf(ask);
      expect(refused).toBeInstanceOf(NotLeaderError);
      expect(refused).toMatchObject({ leader: { address: '127.0.0.1', port: next?.port } });
      await eventually(() => send());
    }
    expect(first?.traffic.appends).toBe(2);
    expect(second?.traffic.appends).toBe(1);
    expect(second?.data.events).toHaveLength(3);
    await cluster.stop();
  });

  it('passes on what a follower is sent, if nobody insists', async () => {
    const cluster = await DoubleCluster.start();
    const [, second] = cluster.nodes;
    await append(given.connect(second?.connectionString));
    expect(second?.traffic.appends).toBe(1);
    expect(cluster.leader.data.events).toHaveLength(1);
    await cluster.stop();
  });

  it('says which nodes are gone', async () => {
    const cluster = await DoubleCluster.start();
    const [, second] = cluster.nodes;
    cluster.elect(second!);
    await cluster.nodes[2]?.stop();
    expect(cluster.members().map(({ state, alive }) => `${state} ${alive}`)).toEqual([
      'follower true',
      'leader true',
      'follower false',
    ]);
    await append(given.connect(cluster.connectionString));
    expect(second?.traffic.appends).toBe(1);
    await cluster.stop();
  });

  it('may not answer who is there', async () => {
    const cluster = await DoubleCluster.start(1);
    cluster.leader.faults.gossip.next('unavailable', 3);
    await append(given.connect(cluster.connectionString));
    expect(cluster.leader.faults.gossip.left).toBe(0);
    await cluster.stop();
  });
});
