import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Benches are TypeScript that Node runs as it stands, and what they measure is the built service: where the compiler reads
 * `../src/x.ts`, a running bench gets `dist/x.js`. Loaded before everything else (`node --import ./bench/built.ts …`). What they
 * take from the tests runs as it stands, too.
 */
const BENCH = new URL('./', import.meta.url).href;
const SOURCES = new URL('../src/', import.meta.url).href;
const TESTS = new URL('../test/', import.meta.url).href;
const BUILT = process.env['BENCH_DIST']
  ? pathToFileURL(`${process.env['BENCH_DIST']}/`).href
  : new URL('../dist/', import.meta.url).href;

const inBench = (url: string | undefined): boolean =>
  url !== undefined && url.startsWith(BENCH) && !url.includes('/node_modules/');

registerHooks({
  resolve(specifier, context, next) {
    if (!inBench(context.parentURL) || !specifier.startsWith('.')) return next(specifier, context);
    const { href } = new URL(specifier, context.parentURL);
    if (href.startsWith(SOURCES)) return next(BUILT + href.slice(SOURCES.length), context);
    const asItStands = inBench(href) || href.startsWith(TESTS);
    return next(asItStands ? href.replace(/\.js$/, '.ts') : href, context);
  },
});
