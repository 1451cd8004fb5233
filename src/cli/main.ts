import { habeas } from './habeas.js';
import { processTerminal } from './terminal.js';

// A service started from here writes for the owner's eyes, like any other.
process.umask(0o077);
// Whoever reads may have had enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
const exitCode = await habeas(process.argv.slice(2), processTerminal);
// `serve` goes on, and says itself how it ends.
if (exitCode !== 0) process.exitCode = exitCode;
