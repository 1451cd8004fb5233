import { existsSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';

export interface Instruction {
  name: string;
  value: string;
  /** Of those that a FROM begins, the last being what runs. -1 before the first. */
  stage: number;
}

/** The instructions of a Dockerfile, each on one line. */
export function readDockerfile(text = readFileSync('Dockerfile', 'utf8')): Instruction[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim());
  let stage = -1;
  return lines.map((line) => {
    const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stage += 1;
    return { name, value: value.trim(), stage };
  });
}

/** The instructions of that name in what runs in the end. */
export function inImage(dockerfile: Instruction[], name: string): string[] {
  const last = Math.max(...dockerfile.map(({ stage }) => stage));
  return dockerfile
    .filter((instruction) => instruction.stage === last && instruction.name === name)
    .map(({ value }) => value);
}

/** The environment that the image gives to what runs in it. */
export function imageEnvironment(dockerfile = readDockerfile()): Record<string, string> {
  const pairs = inImage(dockerfile, 'ENV').flatMap((value) => value.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
}

/** What a program in exec form is: `undefined` for one that a shell would run, which then gets the signals in its place. */
export function execForm(value = ''): string[] | undefined {
  try {
    return JSON.parse(value.replace(/^.*?CMD\s+/, '')) as string[];
  } catch {
    return undefined;
  }
}

/** Whether the build is given that path: the last line of .dockerignore that matches it, or a folder above it, decides. */
export function isGiven(path: string, ignored = readFileSync('.dockerignore', 'utf8')): boolean {
  const rules = visible(ignored)
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const above = visible(path)
    .split('/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/'));
  const deciding = rules.findLast((rule) =>
    above.some((folder) => matchesGlob(folder, rule.replace(/^!/, ''))),
  );
  return deciding === undefined || deciding.startsWith('!');
}

/** To Docker a name that begins with a dot is one like any other; to Node's globs it is hidden from `*`. */
function visible(path: string): string {
  return path.replaceAll(/(?<=^!?|\/)\./gm, 'dot-');
}

/** What a COPY takes from the build's folder although it is not there, or not given. */
export function copiedInVain(dockerfile: Instruction[], ignored?: string): string[] {
  return dockerfile
    .filter(({ name, value }) => name === 'COPY' && !value.startsWith('--from='))
    .flatMap(({ value }) => value.split(/\s+/).slice(0, -1))
    .filter((path) => !(existsSync(path) && isGiven(path, ignored)));
}
