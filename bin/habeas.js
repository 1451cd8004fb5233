#!/usr/bin/env node
const OLDEST_NODE = 24;

// Said before anything is loaded: an older Node stumbles over what comes then, with a message that helps nobody.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(`Habeas needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}\n`);
  process.exitCode = 78;
} else {
  await import('../dist/cli/main.js');
}
