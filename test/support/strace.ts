import { execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs strace (Debian, as root) where it is missing. Throws if it cannot be had: these tests do not skip themselves. */
export async function ensureStrace(): Promise<void> {
  if (await works()) return;
  // One at a time: apt fails where another is at work, and tests of several files run at once.
  const install = 'apt-get update && apt-get install -y --no-install-recommends strace';
  await run('flock', [join(tmpdir(), 'habeas-apt.lock'), 'sh', '-c', install]);
  if (!(await works())) throw new Error('strace is installed and cannot trace (is ptrace forbidden here?)');
}

async function works(): Promise<boolean> {
  try {
    await run('strace', ['-f', '-o', '/dev/null', 'true']);
    return true;
  } catch {
    return false;
  }
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a Node program under strace to its end. */
export function runUnderStrace(straceArgs: string[], program: string, args: string[]): Promise<Ended> {
  const child = spawn('strace', [...straceArgs, '--', process.execPath, program, ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
