import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND_ROUTES } from '../src/cases/http/command-catalogue.js';
import { FACT_SHAPES } from '../src/cases/http/dto/fact-shapes.js';
import { FACT_TYPES } from '../src/cases/domain/facts/personal-fields.js';
import { REGISTER_COMMAND_ROUTES } from '../src/register/http/register-commands.js';
import { REGISTER_SHAPES } from '../src/register/http/dto/register.dto.js';
import { REGISTER_FACT_TYPES } from '../src/register/domain/readable-fields.js';
import { FINDING_CODES } from '../src/cases/domain/findings/finding.js';
import { STATUSES } from '../src/cases/domain/timeline/status.js';
import { DEFINITIONS, FIGURE_IDS } from '../src/reports/figures/definitions.js';
import { MISSING_CODES } from '../src/reports/figures/sheet.js';
import { ROLES } from '../src/security/roles.js';

const page = (name: string): string => readFileSync(join('docs', `${name}.md`), 'utf8');
const sources = globSync('src/**/*.ts', { exclude: ['**/*.spec.ts'] }).map((file) =>
  readFileSync(file, 'utf8'),
);

/** Thrown inside the service and never told to a caller. */
const INTERNAL: ReadonlySet<string> = new Set([
  'case-not-opened',
  'event-id-taken',
  'invalid-append',
  'lock-lost',
  'revision-conflict',
]);

const CODE =
  /(?:HabeasError|Refusal|super|refused|malformed|edge)\(\s*(?:'[a-z_]+',\s*)?'([a-z]+(?:-[a-z]+)+)'/g;
const codes = new Set(
  sources
    .flatMap((text) => [...text.matchAll(CODE)].map(([, code]) => code!))
    .filter((code) => !INTERNAL.has(code)),
);

describe('the documentation', () => {
  it('is asked about every error there is', () => expect(codes.size).toBeGreaterThan(60));

  it.each([...codes].sort())('tells of the error %s', (code) => {
    expect(page('http-api') + page('facts')).toContain(`\`${code}\``);
  });

  it.each([...new Set([...FACT_TYPES, ...REGISTER_FACT_TYPES])])('tells of the fact %s', (type) =>
    expect(page('facts')).toContain(`**\`${type}\`**`),
  );

  it('tells of every member of every fact', () => {
    // Where the decorators of `@nestjs/swagger` keep what they were told: `:` and the name.
    const KEPT = 'swagger/apiModelPropertiesArray';
    const members = [...Object.values(FACT_SHAPES), ...Object.values(REGISTER_SHAPES)].flatMap(
      (shape) => Reflect.getMetadata(KEPT, shape.prototype) as string[],
    );
    expect(members.length).toBeGreaterThan(100);
    for (const member of new Set(members))
      expect(page('facts')).toMatch(new RegExp(`\\b${member.slice(1)}\\b`));
  });

  it.each([...STATUSES, ...FINDING_CODES])('defines %s', (code) =>
    expect(page('figures')).toContain(`\`${code}\``),
  );

  it.each(FIGURE_IDS)('defines the figure %s, in its version', (figure) =>
    expect(page('figures')).toMatch(
      new RegExp(`^\\| \`${figure}\` +\\| ${DEFINITIONS[figure].version} +\\| \\S`, 'm'),
    ),
  );

  it('defines no figure that there is not', () => {
    const [, definitions] = page('figures').split('### Definitions');
    const defined = [...definitions!.matchAll(/^\| `(\w+)` +\|/gm)].map(([, figure]) => figure);
    expect(defined).toEqual(FIGURE_IDS);
  });

  it.each([...MISSING_CODES])('says what is missing with %s', (code) =>
    expect(page('figures')).toContain(`\`${code}\``),
  );

  it.each(COMMAND_ROUTES.map(({ path }) => path))('has the command %s', (path) => {
    const parts = path.replace('/v1/cases/{caseId}', '').split('/').filter(Boolean);
    expect(page('http-api')).toContain(parts.at(-1) ?? '/v1/cases');
  });

  it.each(REGISTER_COMMAND_ROUTES.map(({ path }) => path))('has the command %s', (path) => {
    const [subjects, , change] = path.split('/').slice(2);
    expect(page('http-api')).toContain(change === undefined ? `/v1/${subjects}` : `/{id}/${change}`);
  });

  it.each([...ROLES])('says what a %s may do', (role) => expect(page('security')).toContain(`| ${role}`));

  it('has every setting, and no other', () => {
    const SETTING = /\b(?:HABEAS_[A-Z_]+|(?:EVENTSTORE|DATABASE)_URL)\b/g;
    const readers = ['config', 'store-settings', 'door-settings', 'notary-settings', 'schedule-settings'].map(
      (name) => readFileSync(`src/${name}.ts`, 'utf8'),
    );
    const known = new Set(readers.flatMap((text) => [...text.matchAll(SETTING)].map(([name]) => name)));
    const told = new Set([...page('operations').matchAll(SETTING)].map(([name]) => name));
    expect([...told].sort()).toEqual([...known].sort());
  });

  it.each(globSync('docs/**/*.md'))('has no broken link in %s', (file) => {
    for (const [, link] of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)/g)) {
      expect([link, link === '' || existsSync(join(dirname(file), link!))]).toEqual([link, true]);
    }
  });
});
