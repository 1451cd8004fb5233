import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runUnderStrace } from './strace.js';

/** What a program did to the files of one folder, in the order in which the system calls returned. */
export type FileOperation =
  | { kind: 'create'; name: string }
  | { kind: 'write'; name: string; offset: number; bytes: Buffer }
  | { kind: 'truncate'; name: string; size: number }
  | { kind: 'flush'; name: string }
  /** The flush was answered with an error: what of it is on disk nobody knows, and later flushes may leave it out. */
  | { kind: 'failed flush'; name: string }
  | { kind: 'flush folder' }
  | { kind: 'remove'; name: string }
  /** Text written to a log beside the store: not part of it, but it tells what had been acknowledged by then. */
  | { kind: 'told'; text: string };

/** Everything that can change a file or its name. What the model below does not know must not go by unseen. */
const CALLS = `
  openat open creat write writev pwrite64 pwritev pwritev2 ftruncate truncate fallocate fsync fdatasync sync_file_range
  rename renameat renameat2 unlink unlinkat link linkat symlink symlinkat mmap copy_file_range sendfile splice`
  .trim()
  .split(/\s+/);

const UNFINISHED = '<unfinished ...>';

export interface Recording {
  folder: string;
  /** The file in the folder that is the program's log. */
  log: string;
}

/**
 * Runs a program under strace, and gives what it did to the folder (of which it is given the path). `inject` makes system
 * calls fail, in strace's own words.
 */
export async function record(
  recording: Recording,
  program: string,
  args: string[],
  inject?: string,
): Promise<FileOperation[]> {
  const trace = `${recording.folder}.trace`;
  const options = ['-f', '-y', '-xx', '-s', '10000000', '-o', trace, '-e', `trace=${CALLS.join(',')}`];
  if (inject) options.push('-e', `inject=${inject}`);
  const { code, stderr } = await runUnderStrace(options, program, [recording.folder, ...args]);
  if (code !== 0) throw new Error(`the recorded program ended with ${code}: ${stderr}`);
  const calls = completedCalls(await readFile(trace, 'latin1'));
  await rm(trace);
  return calls.flatMap((call) => operation(call, recording) ?? []);
}

interface Call {
  name: string;
  args: string;
  result: number;
}

/** The calls in the order in which they returned; strace cuts a call in two when another thread's comes between. */
function completedCalls(trace: string): Call[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (text === '' || text.startsWith('+++') || text.startsWith('---')) return [];
    if (text.endsWith(UNFINISHED)) {
      begun.set(thread, text.slice(0, -UNFINISHED.length));
      return [];
    }
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    const call = rest === undefined ? text : `${begun.get(thread) ?? ''}${rest}`;
    const [, name, args = '', result] = /^(\w+)\((.*)\) += (-?\d+)/.exec(call) ?? [];
    if (name === undefined) throw new Error(`strace said something unexpected: ${call.slice(0, 200)}`);
    return [{ name, args: args.trim(), result: Number(result) }];
  });
}

function operation(
  { name: call, args, result }: Call,
  { folder, log }: Recording,
): FileOperation | undefined {
  const file = firstPath(args, folder);
  if (file === undefined) return undefined;
  const flush = call === 'fsync' || call === 'fdatasync';
  if (file === folder) return flush && result === 0 ? { kind: 'flush folder' } : undefined;
  if (dirname(file) !== folder) throw new Error(`${call} in an unexpected place: ${file}`);
  const name = basename(file);
  // The index of the log lives in shared memory and is made anew by whoever opens the store after a crash.
  if (name.endsWith('-shm')) return undefined;
  if (flush) return { kind: result === 0 ? 'flush' : 'failed flush', name };
  if (result < 0) return undefined;
  if (name === log) return call === 'write' ? { kind: 'told', text: written(args).toString() } : undefined;
  const last = Number(/(\d+)$/.exec(args)?.[1]);
  switch (call) {
    case 'openat':
      return args.includes('O_CREAT') ? { kind: 'create', name } : undefined;
    case 'unlink':
      return { kind: 'remove', name };
    case 'ftruncate':
      return { kind: 'truncate', name, size: last };
    case 'pwrite64':
      return { kind: 'write', name, bytes: written(args).subarray(0, result), offset: last };
    case 'mmap':
      if (!args.includes('MAP_SHARED')) return undefined;
  }
  throw new Error(`${call} of ${join(folder, name)}: this test does not know what that does to a disk`);
}

/** `-y` gives the path of each descriptor in angle brackets; others are given as text. The first one is what is meant. */
function firstPath(args: string, folder: string): string | undefined {
  return [...args.matchAll(/<((?:\\x[0-9a-f]{2})+)>|"((?:\\x[0-9a-f]{2})*)"/g)]
    .map((match) => unhex(match[1] ?? match[2] ?? '').toString())
    .find((path) => path === folder || path.startsWith(`${folder}/`));
}

function written(args: string): Buffer {
  return unhex(/"((?:\\x[0-9a-f]{2})*)"/.exec(args.slice(args.indexOf('>,')))?.[1] ?? '');
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
