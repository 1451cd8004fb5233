import { expect, it } from '@jest/globals';
import { comesFromThisMachine } from './loopback.js';

const from = (remoteAddress: string | undefined, headers = {}): boolean =>
  comesFromThisMachine({ socket: { remoteAddress } as never, headers });

it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) =>
  expect(from(address)).toBe(true),
);

it.each(['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '0.0.0.0', undefined])('%s is not', (address) =>
  expect(from(address)).toBe(false),
);

it('what a proxy here hands on comes from elsewhere', () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'via'])
    expect(from('127.0.0.1', { [header]: 'x' })).toBe(false);
});
