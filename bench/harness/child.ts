import type { ChildProcess } from 'node:child_process';

/** Whatever is left of it when this process ends is killed. */
export function endsWithThis(child: ChildProcess): void {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
