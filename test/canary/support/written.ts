import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Needles } from './needles.js';

/** Every file below a folder but for those in `except`. Links are not followed. */
export function filesIn(folder: string, except: readonly string[] = []): string[] {
  const left = new Set(except.map((name) => join(folder, name)));
  const walk = (from: string): string[] =>
    readdirSync(from).flatMap((name) => {
      const path = join(from, name);
      if (left.has(path)) return [];
      const stat = lstatSync(path);
      if (stat.isDirectory()) return walk(path);
      return stat.isFile() ? [path] : [];
    });
  return walk(folder);
}

/** Where a word lies on the disk, and in which form: nothing, if all is well. */
export const leaks = (folder: string, needles: Needles, except: readonly string[] = []): string[] =>
  filesIn(folder, except).flatMap((file) =>
    needles.in(readFileSync(file)).map(({ word, form }) => `${relative(folder, file)}: ${word} ${form}`),
  );
