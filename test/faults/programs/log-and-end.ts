import { pbkdf2 } from 'node:crypto';
import { createLog } from '../../../src/log.js';

/** Writes many lines while the thread pool is busy, and ends at once, as a process does that caught what nobody should have thrown. */
const log = createLog({ logLevel: 'info' });
pbkdf2('words', 'salt', 200_000, 32, 'sha256', () => undefined);
const last = Number(process.argv[2]);
for (let n = 1; n < last; n += 1) log.info({ attempts: n }, 'before the end');
// A turn of the event loop, in which a write that waits for the pool would have begun.
await new Promise((resolve) => setImmediate(resolve));
log.error({ attempts: last }, 'the end');
process.exit(1);
