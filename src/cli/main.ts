import { habeas } from './habeas.js';
import { processTerminal } from './terminal.js';

const exitCode = await habeas(process.argv.slice(2), processTerminal);
// `serve` goes on, and says itself how it ends.
if (exitCode !== 0) process.exitCode = exitCode;
