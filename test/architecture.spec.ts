import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One import per rule that breaks it: the file, and what it imports. */
const TRESPASSES: Record<string, [file: string, imported: string]> = {
  'no-cycles': ['src/reports/cycle-a.ts', './cycle-b.js'],
  'domain-is-pure': ['src/cases/domain/impure.ts', 'node:fs'],
  'figures-are-pure': ['src/reports/figures/impure.ts', '../feed/feed.js'],
  'register-domain-is-pure': ['src/register/domain/impure.ts', '../commands/command.js'],
  'cases-know-no-register': ['src/cases/nosy.ts', '../register/commands/command.js'],
  'shared-rooms-know-no-feature': ['src/ledger/curious.ts', '../cases/innocent.js'],
  'store-is-behind-its-port': ['src/cases/commands/impatient.ts', '../../event-store/sqlite/adapter.js'],
  'commands-and-queries-apart': ['src/cases/commands/confused.ts', '../queries/query.js'],
  'only-the-edge-speaks-http': ['src/cases/queries/talkative.ts', '../../http/edge.js'],
  'verifier-stands-alone': ['src/evidence/verify-bundle.ts', 'kysely'],
  'no-barrels': ['src/cases/lazy.ts', './queries/index.js'],
  'no-tests-in-the-product': ['src/cases/tested.ts', './innocent.spec.js'],
  'no-dev-dependencies-in-the-product': ['src/cases/careless.ts', 'fast-check'],
  resolvable: ['src/cases/lost.ts', './nowhere.js'],
};

const OTHERS: Record<string, string> = {
  'src/reports/cycle-b.ts': "import './cycle-a.js';\n",
  'src/cases/innocent.ts': "import './queries/query.js';\n",
  'src/cases/innocent.spec.ts': '',
  'src/cases/queries/query.ts': '',
  'src/register/commands/command.ts': '',
  'src/cases/queries/index.ts': '',
  'src/event-store/sqlite/adapter.ts': '',
  'src/http/edge.ts': '',
  'src/reports/feed/feed.ts': '',
};

let folder: string;
let broken: { rule: string; from: string }[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-arrows-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.build.json', 'package.json']) {
    cpSync(file, join(folder, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const trespassing = Object.values(TRESPASSES).map(([file, imported]) => [file, `import '${imported}';\n`]);
  for (const [file, text] of [...trespassing, ...Object.entries(OTHERS)] as [string, string][]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}export const here = true;\n`);
  }
  const { stdout } = spawnSync(join('node_modules', '.bin', 'depcruise'), ['src', '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  broken = summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the arrows of the architecture', () => {
  it.each(Object.entries(TRESPASSES))('%s is seen when it is broken', (rule, [file]) => {
    expect(broken).toContainEqual({ rule, from: file });
  });

  it('let through what keeps to them', () => {
    expect(broken.map(({ from }) => from)).not.toContain('src/cases/innocent.ts');
  });
});
