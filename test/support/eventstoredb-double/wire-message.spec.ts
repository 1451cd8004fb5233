import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchSuccess } from './batch-replies.js';
import { logRecord, type Place, type ProposedEvent } from './log-record.js';
import { WireMessage } from './wire-message.js';

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('a message put together by hand', () => {
  it('has the numbers that the generated code reads', () => {
    fc.assert(
      fc.property(uint64, uint64, (commit, prepare) => {
        const bytes = new WireMessage().uint64(1, commit).uint64(2, prepare).toBuffer();
        const checkpoint = streamsPb.ReadResp.Checkpoint.deserializeBinary(bytes);
        expect(BigInt(checkpoint.getCommitPosition())).toBe(commit);
        expect(BigInt(checkpoint.getPreparePosition())).toBe(prepare);
      }),
    );
  });

  it('is what the generated code writes for the same event', () => {
    const event = fc.record({
      id: fc.uuid(),
      type: fc.string({ minLength: 1, unit: 'grapheme' }),
      contentType: fc.constantFrom('application/json', 'application/octet-stream'),
      data: fc.uint8Array({ maxLength: 300 }),
      metadata: fc.uint8Array({ maxLength: 300 }),
    });
    const place = fc.record({
      stream: fc.string({ minLength: 1, unit: 'grapheme' }),
      revision: uint64,
      position: uint64,
    });
    fc.assert(
      fc.property(event, place, (event, place) => {
        const { frame } = logRecord(event, place);
        const created = createdIn(frame);
        expect(frame).toEqual(generated(event, place, created));
      }),
    );
  });
});

describe('the answer to an append put together by hand', () => {
  it('is what the generated code writes', () => {
    const to = fc.record({
      correlationId: fc.uuid(),
      stream: fc.uint8Array({ minLength: 1, maxLength: 30 }),
    });
    const at = fc.record({ revision: uint64, position: uint64 });
    fc.assert(
      fc.property(to, at, (to, at) => {
        const position = new sharedPb.AllStreamPosition();
        position.setCommitPosition(String(at.position)).setPreparePosition(String(at.position));
        const success = new streamsPb.BatchAppendResp.Success().setPosition(position);
        const reply = new streamsPb.BatchAppendResp();
        reply.setSuccess(success.setCurrentRevision(String(at.revision)));
        reply.setCorrelationId(new sharedPb.UUID().setString(to.correlationId));
        reply.setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(to.stream));
        expect(batchSuccess(to, at)).toEqual(Buffer.from(reply.serializeBinary()));
      }),
    );
  });

  it('says that there is neither stream nor position if nothing was appended to nothing', () => {
    const to = { correlationId: 'id', stream: Buffer.from('case-1') };
    const bytes = batchSuccess(to, { revision: -1n, position: undefined });
    const success = streamsPb.BatchAppendResp.deserializeBinary(bytes).getSuccess();
    expect(success?.hasNoStream()).toBe(true);
    expect(success?.hasNoPosition()).toBe(true);
  });
});

const createdIn = (frame: Buffer): string =>
  streamsPb.ReadResp.deserializeBinary(frame).getEvent()?.getEvent()?.getMetadataMap().get('created') ?? '';

function generated(event: ProposedEvent, place: Place, created: string): Buffer {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new sharedPb.UUID().setString(event.id));
  recorded.setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(Buffer.from(place.stream)));
  recorded.setStreamRevision(String(place.revision));
  recorded.setPreparePosition(String(place.position)).setCommitPosition(String(place.position));
  recorded.setData(event.data).setCustomMetadata(event.metadata);
  const properties = recorded.getMetadataMap();
  for (const [name, value] of [
    ['type', event.type],
    ['content-type', event.contentType],
    ['created', created],
  ] as const) {
    properties.set(name, value);
  }
  const read = new streamsPb.ReadResp.ReadEvent().setEvent(recorded);
  read.setCommitPosition(String(place.position));
  return Buffer.from(new streamsPb.ReadResp().setEvent(read).serializeBinary());
}
