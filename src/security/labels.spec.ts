import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCESS_PLACES, type AccessPlace } from '../../test/support/access-places.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { ServiceKey } from '../keys/service-key.js';
import { Labels } from './labels.js';
import { Principals } from './principals.js';

const labels = new Labels(new ServiceKey(Buffer.alloc(32, 1)));

describe('a label', () => {
  it('opens for its principal, with the keys of this service, and comes out as it went in', () => {
    expect(labels.open('p1', labels.seal('p1', 'Алена К.'))).toBe('Алена К.');
  });

  it.each<[string, (sealed: Buffer) => string]>([
    ['of another principal', (sealed) => labels.open('p2', sealed)],
    ['of another service', (sealed) => new Labels(new ServiceKey(Buffer.alloc(32, 2))).open('p1', sealed)],
    ['that was changed', (sealed) => labels.open('p1', Buffer.from(sealed.with(15, sealed[15]! ^ 1)))],
    ['that was cut short', (sealed) => labels.open('p1', sealed.subarray(0, 5))],
  ])('%s does not open, and nothing of it is told', (_, open) => {
    const sealed = labels.seal('p1', 'Alena');
    expect(() => open(sealed)).toThrow(
      expect.objectContaining({ code: 'sealed-data-damaged', message: expect.not.stringContaining('Alena') }),
    );
  });

  it('is never sealed twice in the same way', () => {
    expect(labels.seal('p1', 'Alena')).not.toEqual(labels.seal('p1', 'Alena'));
  });
});

describe.each(ACCESS_PLACES)('labels on %s', (_, fresh) => {
  let place: AccessPlace;
  beforeEach(async () => {
    place = await fresh();
  });
  afterEach(() => place.remove());

  it('are listed as they were given, and stand nowhere in the table', async () => {
    const { database, labels: own } = await place.open();
    const principals = new Principals(database, own, new FixedClock());
    await principals.add('Alena Kazlova', ['auditor']);
    expect((await principals.list()).map(({ label }) => label)).toEqual(['Alena Kazlova']);
    const [row] = await database.tables.selectFrom('principal').selectAll().execute();
    const stored = Object.values(row!).map((value) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : value,
    );
    expect(stored.join(' ')).not.toContain('Kazlova');
  });

  it('that were kept readable before are sealed when the tables are opened', async () => {
    const before = await place.open();
    await new Principals(before.database, before.labels, new FixedClock()).add('', ['auditor']);
    await before.database.tables
      .updateTable('principal')
      .set({ label: 'Alena', sealedLabel: null })
      .execute();

    const { database, labels: own } = await place.open();
    expect(await new Principals(database, own, new FixedClock()).list()).toMatchObject([{ label: 'Alena' }]);
    const [row] = await database.tables.selectFrom('principal').selectAll().execute();
    expect(row).toMatchObject({ label: '', sealedLabel: expect.any(Uint8Array) });
  });
});
