import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { credentials } from '@grpc/grpc-js';
import { expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import { TcpProxy } from '../tcp-proxy.js';
import { givenDouble, newEvent, newStream } from './given-double.js';

const ROUNDS = 100;

const given = givenDouble();

function beginning(stream: string): streamsPb.AppendReq {
  const identifier = new sharedPb.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const options = new streamsPb.AppendReq.Options().setStreamIdentifier(identifier);
  return new streamsPb.AppendReq().setOptions(options.setNoStream(new sharedPb.Empty()));
}

function proposed(): streamsPb.AppendReq {
  const { id, type, data } = newEvent();
  const message = new streamsPb.AppendReq.ProposedMessage();
  message.setId(new sharedPb.UUID().setString(id));
  message.setData(Buffer.from(JSON.stringify(data)));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return new streamsPb.AppendReq().setProposedMessage(message);
}

it('of an append whose sender is killed in the midst of its events nothing is written', async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const proxy = await TcpProxy.start(given.double.port);
    const client = new streamsServices.StreamsClient(`127.0.0.1:${proxy.port}`, credentials.createInsecure());
    const failed = new Promise((resolve) => {
      const call = client.append(resolve);
      call.write(beginning(newStream()));
      call.write(proposed());
      call.write(proposed());
    });
    // Every other time perhaps before the server has heard of it.
    if (round % 2 === 1) await eventually(() => given.double.traffic.openAppends === 1);
    await proxy.stop();
    await failed;
    client.close();
    await eventually(() => given.double.traffic.openAppends === 0);
  }
  expect(given.double.data.events).toHaveLength(0);
  await given.client.appendToStream(newStream(), newEvent());
  expect(given.double.data.events).toHaveLength(1);
});
