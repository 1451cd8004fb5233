import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../event-store/event-store.js';
import { EventStore } from '../event-store/event-store.js';
import { LedgerReader } from './ledger-reader.js';
import { Upcasting, type Upcaster } from './upcasting.js';

/** Releases once told by a flag whether the term was served; now they give a basis. */
const releaseWithBasis: Upcaster = {
  type: 'Released',
  fromVersion: 1,
  up: ({ termServed, ...rest }) => ({
    ...rest,
    basis: termServed ? 'term_served' : 'unknown',
    conditional: false,
  }),
};

const stored = (type: string, schemaVersion: number, data: object): StoredEvent => ({
  eventId: 'e1',
  type,
  stream: 'case-1',
  revision: 0,
  position: '1',
  payload: JSON.stringify({ data, on: { correlation: 'c1', causation: 'k1' } }),
  metadata: JSON.stringify({
    leaf: {
      schema: schemaVersion,
      recordedAt: '2020-02-07T10:00:00.000Z',
      recordedBy: 'p1',
      keys: [],
    },
    leafHash: '',
  }),
});

const ledger = (...upcasters: Upcaster[]): LedgerReader =>
  new LedgerReader(Object.create(EventStore.prototype) as EventStore, new Upcasting(upcasters));

describe('an event in an older schema', () => {
  it('is read in the present one, and keeps the version it was written in', () => {
    const opened = ledger(releaseWithBasis).open(
      stored('Released', 1, { detentionId: 'd1', termServed: true }),
    );
    expect(opened.data).toEqual({ detentionId: 'd1', basis: 'term_served', conditional: false });
    expect(opened.schemaVersion).toBe(1);
  });

  it('is left alone when it is already in the present one', () => {
    const data = { detentionId: 'd1', basis: 'early', conditional: true };
    expect(ledger(releaseWithBasis).open(stored('Released', 2, data)).data).toEqual(data);
  });

  it('goes through every version between', () => {
    const conditionsListed: Upcaster = {
      type: 'Released',
      fromVersion: 2,
      up: (data) => ({ ...data, conditions: 'none stated' }),
    };
    const opened = ledger(conditionsListed, releaseWithBasis).open(
      stored('Released', 1, { termServed: false }),
    );
    expect(opened.data).toEqual({ basis: 'unknown', conditional: false, conditions: 'none stated' });
  });

  it('is refused when a newer program wrote it', () => {
    expect(() => ledger().open(stored('Released', 2, {}))).toThrow('schema version 2');
  });

  it('cannot be read with a step missing', () => {
    expect(() => new Upcasting([{ ...releaseWithBasis, fromVersion: 2 }])).toThrow('step by step');
  });
});
