import { expect, it } from '@jest/globals';
import { isRefusal } from './refusals.js';

it.each([
  [403, 'role-missing', true],
  [403, 'own-entries-only', true],
  [404, 'case-not-found', true],
  [404, 'unknown-key', true],
  [429, 'rate-limited', true],
  [429, 'too-many-cases', true],
  [409, 'unknown-case', true],
  [409, 'case-already-opened', true],
  [409, 'approval-by-requester', true],
  [400, 'invalid-body', false],
  [409, 'case-closed', false],
  [412, 'stale-revision', false],
  [413, 'body-too-large', false],
  [415, 'not-json', false],
  [422, 'restriction-without-self', false],
  [503, 'store-unavailable', false],
])('%s %s on record: %s', (status, code, refusal) => expect(isRefusal({ status, code })).toBe(refusal));
