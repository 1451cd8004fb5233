import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from '@jest/globals';
import { EnvelopeReader } from './command-envelope.js';
import { ServiceKey } from '../keys/service-key.js';

const reader = new EnvelopeReader(new ServiceKey(Buffer.alloc(32, 1)));
const request = (parts: object = {}, headers: object = { 'idempotency-key': 'k1' }): FastifyRequest =>
  ({
    id: 'c1',
    principal: { principalId: 'p1', roles: ['caseworker'] },
    method: 'POST',
    url: '/v1/cases/x/sentences',
    body: { days: 15, at: '2020-01-27' },
    headers,
    ...parts,
  }) as never;
const digestOf = (parts?: object, by = reader): string | undefined =>
  by.transform(request(parts)).idempotency?.digest;

describe('the envelope of a command', () => {
  it('says who sends it, and nothing that was not said', () => {
    expect(reader.transform(request({}, {}))).toEqual({
      principalId: 'p1',
      roles: ['caseworker'],
      correlationId: 'c1',
    });
  });

  it('brings the revision seen and the key to repeat it under', () => {
    expect(reader.transform(request({}, { 'idempotency-key': 'k1', 'if-match': '"3"' }))).toEqual({
      principalId: 'p1',
      roles: ['caseworker'],
      correlationId: 'c1',
      ifRevision: 3,
      idempotency: { key: 'k1', digest: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  it('has the same digest for the same request, however its members are ordered', () => {
    expect(digestOf({ body: { at: '2020-01-27', days: 15 } })).toBe(digestOf());
  });

  it.each([
    { method: 'PUT' },
    { url: '/v1/cases/y/sentences' },
    { body: { days: 14, at: '2020-01-27' } },
    { body: undefined },
  ])('has another digest with %j', (parts) => expect(digestOf(parts)).not.toBe(digestOf()));

  it('has a digest that nobody can try to guess the body from without the master key', () => {
    expect(digestOf({}, new EnvelopeReader(new ServiceKey(Buffer.alloc(32, 2))))).not.toBe(digestOf());
  });

  it('is not made for a caller who is not known', () => {
    expect(() => reader.transform(request({ principal: null }))).toThrow('no credential');
  });
});
