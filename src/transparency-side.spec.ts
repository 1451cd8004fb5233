import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCESS_PLACES, type AccessPlace } from '../test/support/access-places.js';
import { FixedClock } from '../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../test/support/in-memory-event-store.js';
import { createLog } from './log.js';
import { Shutdown } from './shutdown.js';
import { TransparencySide } from './transparency-side.js';

describe.each(ACCESS_PLACES)('the log of a service that fails to start, in %s,', (_, fresh) => {
  const log = createLog({ logLevel: 'silent' });
  let place: AccessPlace;
  let shutdown: Shutdown;
  beforeEach(async () => {
    place = await fresh();
    shutdown = new Shutdown(log);
  });
  afterEach(async () => {
    await shutdown.run();
    await place.remove();
  });

  const open = (notaryKeyFile: string): Promise<TransparencySide> =>
    TransparencySide.open({
      config: {
        dataDir: place.config.dataDir,
        databaseUrl: place.config.databaseUrl,
        notaryKeyFile,
        roles: new Set(['notary']),
      },
      store: new InMemoryEventStore(),
      clock: new FixedClock(),
      log,
      shutdown,
    });

  it.each([
    ['is signed by nobody, and no key is made', true],
    ['else would be signed', false],
  ])('%s', async (_words, hasFailed) => {
    const notaryKeyFile = join(place.config.dataDir, '../notary.key');
    if (hasFailed) await shutdown.run();
    await open(notaryKeyFile);
    expect(existsSync(notaryKeyFile)).toBe(!hasFailed);
  });
});
