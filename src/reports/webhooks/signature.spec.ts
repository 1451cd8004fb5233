import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { genuineIn, TOLERANCE_SECONDS } from '../../../examples/webhook-receiver.js';
import { newSecret, secretAsText, signedHeaders } from './signature.js';

/** HMAC as RFC 2104 defines it, from nothing but the hash. */
function hmacSha256(key: Buffer, text: string): Buffer {
  const block = Buffer.alloc(64);
  (key.length > 64 ? createHash('sha256').update(key).digest() : key).copy(block);
  const padded = (byte: number): Buffer => Buffer.from(block.map((octet) => octet ^ byte));
  const inner = createHash('sha256').update(padded(0x36)).update(text).digest();
  return createHash('sha256').update(padded(0x5c)).update(inner).digest();
}

const secret = fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => Buffer.from(bytes));
/** Shorter ones are filled up with zeros: two that differ in length may be one. */
const longSecret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const content = fc.record({
  id: fc.uuid(),
  timestamp: fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }),
  body: fc.string({ unit: 'grapheme' }),
});

describe('a signature', () => {
  it('is the one that the libraries of Standard Webhooks make', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const body = '{"test": 2432232314}';
    expect(signedHeaders({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body }, [key])).toEqual(
      {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    );
  });

  it('is HMAC-SHA-256 over id, time and body, for each secret in force', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), content, (keys, signed) => {
        const { 'webhook-signature': signatures } = signedHeaders(signed, keys);
        const text = `${signed.id}.${signed.timestamp}.${signed.body}`;
        expect(signatures.split(' ')).toEqual(
          keys.map((key) => `v1,${hmacSha256(key, text).toString('base64')}`),
        );
      }),
    );
  });

  it('is told with a secret that is base64 behind a prefix, and never the same', () => {
    const [one, other] = [newSecret(), newSecret()];
    expect(secretAsText(one)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(one.equals(other)).toBe(false);
  });
});

describe('the receiver of the example', () => {
  const at = (seconds: number): Date => new Date(seconds * 1000);
  const withSpoilt = (headers: Record<string, string>, name: string, value: string) => ({
    ...headers,
    [name]: value,
  });

  it('takes what is signed with one of its secrets, as long as it is fresh', () => {
    fc.assert(
      fc.property(secret, secret, content, (old, next, signed) => {
        const headers = signedHeaders(signed, [next, old]);
        for (const known of [[old], [next], [old, next]])
          expect(
            genuineIn(
              headers,
              signed.body,
              known.map(secretAsText),
              at(signed.timestamp + TOLERANCE_SECONDS),
            ),
          ).toBe(true);
        for (const seconds of [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1])
          expect(genuineIn(headers, signed.body, [secretAsText(next)], at(signed.timestamp + seconds))).toBe(
            false,
          );
      }),
    );
  });

  it('takes nothing of which anything was changed, and nothing of anybody else', () => {
    fc.assert(
      fc.property(longSecret, longSecret, content, fc.nat(), (key, another, signed, at0) => {
        fc.pre(!key.equals(another));
        const headers = signedHeaders(signed, [key]);
        const takes = (given: Record<string, string>, body = signed.body, known = key): boolean =>
          genuineIn(given, body, [secretAsText(known)], at(signed.timestamp));
        expect(takes(headers)).toBe(true);
        expect(takes(headers, `${signed.body} `)).toBe(false);
        expect(takes(headers, signed.body, another)).toBe(false);
        expect(takes(withSpoilt(headers, 'webhook-id', `${signed.id}0`))).toBe(false);
        expect(takes(withSpoilt(headers, 'webhook-timestamp', String(signed.timestamp + 1)))).toBe(false);
        const signature = Buffer.from(headers['webhook-signature'].slice(3), 'base64');
        signature[at0 % 32]! ^= 1;
        expect(takes(withSpoilt(headers, 'webhook-signature', `v1,${signature.toString('base64')}`))).toBe(
          false,
        );
        expect(
          takes(withSpoilt(headers, 'webhook-signature', headers['webhook-signature'].replace('v1', 'v2'))),
        ).toBe(false);
        for (const name of Object.keys(headers)) {
          const { [name as keyof typeof headers]: _, ...without } = headers;
          expect(takes(without)).toBe(false);
        }
      }),
    );
  });
});
