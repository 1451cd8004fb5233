// Builds only if a source is newer than the last build, so that `npm start` and `npm run demo` are never of yesterday.
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';

const built = statSync('dist/main.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = globSync([
  'src/**/*',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
]);
const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));

if (newest > built) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  process.exit(status ?? 1);
}
