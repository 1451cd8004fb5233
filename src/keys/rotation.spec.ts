import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { KeyStore } from './key-store.js';
import { MasterKey } from './master-key.js';
import { MasterKeys } from './master-keys.js';
import { Rotation } from './rotation.js';

/** More than go at once. */
const KEYS = 600;
const nothing = (): void => undefined;

describe.each(DATABASES)('the master key of a key store on %s', (_, fresh) => {
  let place: FreshDatabase;
  let old: MasterKey;
  let next: MasterKey;
  /** What lies in the files of the machine. */
  let files: MasterKey[];
  let bytes: Map<string, Buffer>;
  let service: KeyStore;
  const stores: KeyStore[] = [];

  /** A process that has started with the key that is in its file. */
  const process = async (): Promise<KeyStore> => {
    const store = new KeyStore(place.location, new MasterKeys(files[0]!, () => files));
    stores.push(store);
    expect(await store.open()).toBe(true);
    return store;
  };
  const readsAll = async (store: KeyStore): Promise<void> => {
    const found = await store.find([...bytes.keys()]);
    const wrong = [...bytes].filter(([keyId, key]) => {
      const one = found.get(keyId);
      return !one || one === 'destroyed' || !one.bytes.equals(key);
    });
    expect(wrong).toEqual([]);
  };
  const addOne = async (store: KeyStore, keyId: string): Promise<void> => {
    bytes.set(keyId, randomBytes(32));
    await store.add([{ keyId, bytes: bytes.get(keyId)! }]);
  };
  const wrappedBy = async (): Promise<Set<string>> => {
    const rows = await service.tables
      .selectFrom('wrappedKey')
      .select('masterId')
      .where('wrapped', 'is not', null)
      .execute();
    return new Set(rows.map(({ masterId }) => masterId));
  };

  beforeEach(async () => {
    place = await fresh();
    old = new MasterKey(randomBytes(32));
    next = new MasterKey(randomBytes(32));
    files = [old];
    bytes = new Map(Array.from({ length: KEYS }, (_, index) => [`key-${index}`, randomBytes(32)]));
    service = await process();
    await service.add(Array.from(bytes, ([keyId, key]) => ({ keyId, bytes: key })));
    await service.destroy(['key-7', 'never-there'], '2026-01-01T00:00:00.000Z');
    bytes.delete('key-7');
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await place.remove();
  });

  it('is changed while a service goes on, which notices by itself at every step', async () => {
    files = [old, next];
    const rotation = new Rotation(await process(), next);
    await rotation.begin();
    await addOne(service, 'added after the beginning');
    await readsAll(service);
    let batches = 0;
    await rotation.wrapAnew(() => batches++);
    expect(batches).toBeGreaterThan(2);
    await addOne(service, 'added after the wrapping');
    await readsAll(service);
    expect(await rotation.verify(nothing)).toBe(true);
    files = [next];
    await addOne(service, 'added at the end');
    await readsAll(service);
    expect(await wrappedBy()).toEqual(new Set([next.id]));
    await readsAll(await process());
    expect(await service.find(['key-7', 'never-there'])).toEqual(
      new Map([
        ['key-7', 'destroyed'],
        ['never-there', 'destroyed'],
      ]),
    );
  });

  it('is changed by whoever begins again, wherever the one before was cut off', async () => {
    files = [old, next];
    const cutOff = async (batch: number): Promise<void> => {
      let seen = 0;
      const rotation = new Rotation(await process(), next);
      await rotation.begin();
      const cut = rotation.wrapAnew(() => {
        if (++seen === batch) throw new Error('the process is gone');
      });
      await expect(cut).rejects.toThrow('gone');
      await readsAll(service);
      await readsAll(await process());
      expect(await rotation.verify(nothing)).toBe(false);
    };
    await cutOff(1);
    const rotation = new Rotation(await process(), next);
    await rotation.begin();
    await rotation.wrapAnew(nothing);
    expect(await rotation.verify(nothing)).toBe(true);
    await readsAll(service);
  });

  it('may be changed by two, step by step beside each other', async () => {
    files = [old, next];
    const both = [new Rotation(await process(), next), new Rotation(await process(), next)];
    for (const rotation of both) await rotation.begin();
    for (const rotation of both) await rotation.wrapAnew(nothing);
    for (const rotation of both) expect(await rotation.verify(nothing)).toBe(true);
    await readsAll(service);
    expect(await wrappedBy()).toEqual(new Set([next.id]));
  });

  it('is asked for where it is missing, and nothing is written without it', async () => {
    const elsewhere = new KeyStore(place.location, new MasterKeys(old, () => [old]));
    stores.push(elsewhere);
    files = [old, next];
    const rotation = new Rotation(await process(), next);
    await rotation.begin();
    await expect(elsewhere.add([{ keyId: 'x', bytes: randomBytes(32) }])).rejects.toMatchObject({
      code: 'master-key-missing',
    });
    expect((await service.find(['x'])).size).toBe(0);
    await rotation.wrapAnew(nothing);
    await expect(elsewhere.find(['key-1'])).rejects.toMatchObject({ code: 'master-key-missing' });
    expect(await elsewhere.open()).toBe(false);
  });

  it('stays where it is while a key does not open', async () => {
    files = [old, next];
    await service.tables
      .updateTable('wrappedKey')
      .set({ wrapped: randomBytes(60) })
      .where('keyId', '=', 'key-3')
      .execute();
    const rotation = new Rotation(await process(), next);
    await rotation.begin();
    await expect(rotation.wrapAnew(nothing)).rejects.toMatchObject({ code: 'key-damaged' });
    expect(await rotation.verify(nothing)).toBe(false);
    bytes.delete('key-3');
    await readsAll(service);
  });
});
