const OLDEST_NODE = 24;

// Nothing else may be loaded before this is known: an older Node stumbles over the imports, with a message that helps nobody.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(`Habeas needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}\n`);
  process.exitCode = 78;
} else {
  const { start } = await import('./start.js');
  await start();
}
