import { holdLock } from '../../../src/database/advisory-lock.js';

/** Waits for a lock, says so when it has it, and keeps it for as long as it lives. */
const [url = '', name = ''] = process.argv.slice(2);

await holdLock({ url, name, signal: new AbortController().signal }, async (held) => {
  process.stdout.write('has it\n');
  await new Promise((resolve) => held.addEventListener('abort', resolve));
});
