import { describe, expect, it } from '@jest/globals';
import type { ApiDocument } from './api-document.js';
import { misfits } from './misfits.js';

const document: ApiDocument = {
  paths: {},
  components: {
    schemas: {
      Days: {
        type: 'object',
        properties: { min: { type: 'integer' }, max: { oneOf: [{ type: 'integer' }, { type: 'null' }] } },
        required: ['min', 'max'],
      },
      Case: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['held', 'free'] },
          days: { $ref: '#/components/schemas/Days' },
          names: { type: 'array', items: { type: 'string' } },
        },
        required: ['status'],
      },
    },
  },
};

const faultsOf = (value: unknown): string[] =>
  misfits(value, { $ref: '#/components/schemas/Case' }, document);

describe('an answer', () => {
  it('fits the document with all its members, or only those it must have', () => {
    expect(faultsOf({ status: 'held', days: { min: 1, max: null }, names: ['K'] })).toEqual([]);
    expect(faultsOf({ status: 'free' })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['lacks a member', {}, '/status is missing'],
    ['has one that is not told of', { status: 'held', name: 'K' }, '/name is not told of'],
    ['has another code', { status: 'lost' }, '/status is none of held, free'],
    [
      'has another type deep inside',
      { status: 'held', days: { min: '1', max: 2 } },
      '/days/min is not of type integer',
    ],
    ['has null where nothing says so', { status: 'held', names: null }, '/names is not of type array'],
    ['has a wrong item', { status: 'held', names: ['K', 1] }, '/names/1 is not of type string'],
    [
      'fits none of several',
      { status: 'held', days: { min: 1, max: 'many' } },
      '/days/max is not of type integer',
    ],
  ])('that %s does not', (_, value, fault) => {
    expect(faultsOf(value)).toContain(fault);
  });
});
