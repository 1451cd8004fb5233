import { habeas } from '../../src/cli/habeas.js';
import { processTerminal } from '../../src/cli/terminal.js';

/** `habeas verify`, which then tells how long it took and the most memory it ever had resident. A process of its own. */
const began = performance.now();
const code = await habeas(['verify', ...process.argv.slice(2)], {
  ...processTerminal,
  out: () => undefined,
  say: () => undefined,
});
const seconds = (performance.now() - began) / 1000;
const KIB = 1024;
process.send?.({ code, seconds, megabytes: (process.resourceUsage().maxRSS * KIB) / 1e6 });
process.disconnect?.();
