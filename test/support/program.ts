import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { transform } from '@swc/core';

const ROOT = resolve(import.meta.dirname, '../..');
const RELATIVE_IMPORT = /(?:from|import)\s*\(?\s*['"](\.[^'"]+\.js)['"]/g;

/**
 * Makes a program that plain Node can run, in a process of its own, out of a TypeScript source and all that it imports:
 * the same code that the tests see, with no build to go stale. Gives the path of the program.
 */
export async function buildProgram(source: string, into: string): Promise<string> {
  await writeFile(join(into, 'package.json'), '{"type":"module"}');
  await symlink(join(ROOT, 'node_modules'), join(into, 'node_modules')).catch(() => undefined);
  const entry = resolve(ROOT, source);
  const waiting = [entry];
  const done = new Set<string>();
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const code = await compile(file);
    const target = builtPath(file, into);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
    for (const [, specifier = ''] of code.matchAll(RELATIVE_IMPORT)) {
      waiting.push(resolve(dirname(file), specifier).replace(/\.js$/, '.ts'));
    }
  }
  return builtPath(entry, into);
}

/** What the sources read while they run, put beside what is built of them. */
export async function copyData(into: string): Promise<void> {
  const files = await readdir(join(ROOT, 'src'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const target = join(into, 'src', file);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(ROOT, 'src', file), target);
  }
}

function builtPath(source: string, into: string): string {
  return join(into, relative(ROOT, source)).replace(/\.ts$/, '.js');
}

async function compile(file: string): Promise<string> {
  const { code } = await transform(await readFile(file, 'utf8'), {
    filename: file,
    configFile: false,
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'es6' },
  });
  return code;
}
