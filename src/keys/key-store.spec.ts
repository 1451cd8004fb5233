import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { KeyStore } from './key-store.js';
import type { KeyTables } from './key-tables.js';
import { MasterKey } from './master-key.js';
import { MasterKeys } from './master-keys.js';
import { ServiceKey } from './service-key.js';
import { StoredDataKeys } from './stored-data-keys.js';

const MASTER = new MasterKey(Buffer.alloc(32, 1));
const OTHER = new MasterKey(Buffer.alloc(32, 2));
const knowing = (...masters: [MasterKey, ...MasterKey[]]): MasterKeys =>
  new MasterKeys(masters[0], () => masters);

describe.each(DATABASES)('the key store on %s', (_, fresh) => {
  let place: FreshDatabase;
  let stores: KeyStore[];

  const open = async (masters = knowing(MASTER)): Promise<KeyStore> => {
    const store = new KeyStore(place.location, masters);
    stores.push(store);
    expect(await store.open()).toBe(true);
    return store;
  };

  beforeEach(async () => {
    place = await fresh();
    stores = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });

  it('gives a key back to every process, and holds it wrapped only', async () => {
    const bytes = randomBytes(32);
    await (await open()).add([{ keyId: 'a', bytes }]);
    const store = await open();
    expect((await store.find(['a', 'b'])).get('a')).toEqual({ keyId: 'a', version: 1, bytes });
    expect((await store.find(['b'])).size).toBe(0);
    const { wrapped } = await store.tables.selectFrom('wrappedKey').selectAll().executeTakeFirstOrThrow();
    expect(wrapped!.includes(bytes)).toBe(false);
  });

  it('keeps the key that is there', async () => {
    const store = await open();
    const [first, second] = [randomBytes(32), randomBytes(32)];
    await store.add([{ keyId: 'a', bytes: first }]);
    await store.add([{ keyId: 'a', bytes: second }]);
    expect((await store.find(['a'])).get('a')).toMatchObject({ bytes: first });
  });

  it('forgets a key for good and in every process, and tells it from one that was lost', async () => {
    const [store, elsewhere] = [await open(), await open()];
    await store.add([{ keyId: 'a', bytes: randomBytes(32) }]);
    await store.destroy(['a', 'never there'], '2020-01-27T10:00:00.000Z');
    for (const one of [store, elsewhere]) {
      expect(await one.find(['a', 'never there', 'lost'])).toEqual(
        new Map([
          ['a', 'destroyed'],
          ['never there', 'destroyed'],
        ]),
      );
    }
    await store.add([{ keyId: 'a', bytes: randomBytes(32) }]);
    await store.destroy(['a'], '2020-01-28T10:00:00.000Z');
    const rows = await store.tables.selectFrom('wrappedKey').selectAll().where('keyId', '=', 'a').execute();
    expect(rows).toMatchObject([{ wrapped: null, destroyedAt: '2020-01-27T10:00:00.000Z' }]);
  });

  it('does not open for another master key, nor a row that was put in the place of another', async () => {
    const store = await open();
    await store.add(['a', 'b'].map((keyId) => ({ keyId, bytes: randomBytes(32) })));
    const stranger = new KeyStore(place.location, knowing(OTHER));
    stores.push(stranger);
    expect(await stranger.open()).toBe(false);
    await expect(stranger.find(['a'])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'master-key-missing',
    });
    const tables = store.tables.withTables<KeyTables>();
    const { wrapped } = await tables
      .selectFrom('wrappedKey')
      .selectAll()
      .where('keyId', '=', 'a')
      .executeTakeFirstOrThrow();
    await tables.updateTable('wrappedKey').set({ wrapped }).where('keyId', '=', 'b').execute();
    await expect(store.find(['b'])).rejects.toMatchObject({ kind: 'unavailable', code: 'key-damaged' });
    expect((await store.find(['a'])).size).toBe(1);
  });

  it('has one service key, whoever asks first', async () => {
    const [one, other] = [await ServiceKey.of(await open()), await ServiceKey.of(await open())];
    expect(one.derive('a purpose').equals(other.derive('a purpose'))).toBe(true);
    expect(one.derive('a purpose').equals(other.derive('another'))).toBe(false);
  });

  it('gives every data key once, however many ask, and each is kept before it is given', async () => {
    const [one, other] = [new StoredDataKeys(await open()), new StoredDataKeys(await open())];
    const all = async (keys: StoredDataKeys) => Promise.all(Array.from({ length: 150 }, () => keys.take()));
    const taken = [...(await all(one)), ...(await all(other))];
    expect(new Set(taken.map(({ keyId }) => keyId)).size).toBe(300);
    const found = await new StoredDataKeys(await open()).find(taken.map(({ keyId }) => keyId));
    for (const key of taken) {
      const kept = found.get(key.keyId);
      expect(typeof kept === 'object' && kept.key.equals(key.key)).toBe(true);
    }
  });
});
