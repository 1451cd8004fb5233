import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCESS_PLACES, type AccessPlace } from '../test/support/access-places.js';
import { FixedClock } from '../test/support/fixed-clock.js';
import { createLog } from './log.js';
import type { KeyStore } from './keys/key-store.js';
import { openKeyStore } from './open-key-store.js';
import { ErasureList } from './security/erasure-list.js';
import { Shutdown } from './shutdown.js';
import { openKeysThatAreLeft } from './with-keys.js';

describe.each(ACCESS_PLACES)('the keys that a service opens, in %s,', (_, fresh) => {
  let place: AccessPlace;
  let shutdown: Shutdown;
  beforeEach(async () => {
    place = await fresh();
    shutdown = new Shutdown(createLog({ logLevel: 'silent' }));
  });
  afterEach(async () => {
    await shutdown.run();
    await place.remove();
  });
  const config = () => ({
    dataDir: place.config.dataDir,
    databaseUrl: place.config.databaseUrl,
    keysDatabaseUrl: undefined,
    masterKeyFile: join(place.config.dataDir, '../master.key'),
    erasureListFile: join(place.config.dataDir, '../erasures.ndjson'),
  });
  const open = (): Promise<KeyStore> => openKeysThatAreLeft(config(), new FixedClock(), shutdown);

  it('are those of nobody who is on the list, whatever was put back', async () => {
    const before = await openKeyStore(config());
    // More than one statement takes.
    const erased = Array.from({ length: 1_100 }, (_unused, n) => `erased ${n}`);
    await before.add([...erased, 'other'].map((keyId) => ({ keyId, bytes: Buffer.alloc(32, 7) })));
    await before.close();
    const list = new ErasureList(config().erasureListFile);
    const by = { erasedAt: '2020-01-01T00:00:00.000Z', requestedBy: 'one', approvedBy: 'another' };
    list.add({ caseId: 'a', keyIds: erased, eventId: 'x', ...by });
    list.add({ caseId: 'b', keyIds: ['erased 0', 'never here'], eventId: 'y', ...by });
    const found = await (await open()).find([...erased, 'other', 'never here']);
    expect(found.get('other')).toMatchObject({ bytes: Buffer.alloc(32, 7) });
    expect([...found.values()].filter((key) => key === 'destroyed')).toHaveLength(1_101);
  });

  it('are not opened by a list that cannot be read', async () => {
    writeFileSync(config().erasureListFile, 'Zuleika\n');
    await expect(open()).rejects.toThrow(/line 1 is no erasure$/);
  });
});
