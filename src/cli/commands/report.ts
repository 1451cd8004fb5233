import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { REPORTS } from '../../reports/content/content.js';
import { FORMATS, type Format } from '../../reports/documents/document.js';
import { LANGUAGES } from '../../reports/documents/words/languages.js';
import type { Api } from '../api.js';
import { CommandFailure } from '../failure.js';
import { withService } from '../local-service.js';
import { progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { addReportCheck } from './report-check.js';

/** As commander spells them. */
interface ReportOptions {
  asOf?: string;
  knownAt?: string;
  position?: string;
  from?: string;
  to?: string;
  campaign?: string;
  family?: string;
  article?: string;
  region?: string;
  role?: string;
  case?: string;
  public?: true;
  lang?: string;
  format?: Format;
  out?: string;
}

/** These are bytes, or a page for a browser: nothing for a terminal. */
const ON_THE_TERMINAL: ReadonlySet<Format> = new Set(['json', 'csv']);

export function addReport(program: Command, terminal: Terminal): void {
  const command = program
    .command('report')
    .argument('<name>', `one of ${REPORTS.join(', ')}`, oneOfTheReports)
    .option('--as-of <date>', 'the day the figures are of; today if not given')
    .option('--known-at <instant>', 'as it was known then (RFC 3339); now if not given')
    .option('--position <position>', 'as of this position of the store')
    .option('--from <date>', 'first day of the period')
    .option('--to <date>', 'last day of the period')
    .option('--campaign <id>', 'a campaign, with its waves')
    .option('--family <family>', 'articles that are one offence, renumbered')
    .option('--article <article>', 'one article')
    .option('--region <code>', 'ISO 3166-2')
    .option('--role <role>', 'of the persons')
    .option('--case <caseId>', 'one case; the dossier is of one')
    .option('--public', 'without what may not be printed')
    .addOption(new Option('--lang <language>').choices(LANGUAGES))
    .addOption(new Option('--format <format>', 'that of the file if not given').choices(FORMATS))
    .option('--out <file>', 'where to write it; the terminal if not given')
    .description('write a report')
    .action((name: string, options: ReportOptions) => report(terminal, name, options));
  addReportCheck(command, terminal);
}

async function report(terminal: Terminal, name: string, options: ReportOptions): Promise<void> {
  const { out } = options;
  const format = options.format ?? formatOf(out);
  if (out === undefined && !ON_THE_TERMINAL.has(format))
    throw new CommandFailure(`${format} is not for a terminal: say where to write it with --out`);
  const path = `/v1/reports/${name}?${questionIn(options, format)}`;
  const bytes = await withService(terminal, 'caseworker', (api) => made(terminal, api, name, path));
  if (out === undefined) return terminal.file(bytes);
  await written(out, bytes);
  terminal.say(`The report is in ${out}.`);
}

/** For its owner only: it may have names in it. */
async function written(out: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(out, bytes, { mode: 0o600 });
  } catch (error) {
    throw new CommandFailure(`${out} cannot be written: ${(error as Error).message}`);
  }
}

/** A long one is asked for again, at the address it gives, until it is there. */
async function made(terminal: Terminal, api: Api, name: string, path: string): Promise<Uint8Array> {
  const progress = progressOn(terminal, name);
  try {
    return await api.awaited(path, ({ done, total }) => progress.show(done, total ?? undefined, 'cases'));
  } finally {
    progress.end();
  }
}

function questionIn(options: ReportOptions, format: Format): string {
  const { asOf, knownAt, position, from, to, campaign, family, article, region, role, lang } = options;
  const asked = {
    asOf,
    knownAt,
    position,
    from,
    to,
    campaignId: campaign,
    family,
    article,
    region,
    role,
    caseId: options.case,
    audience: options.public ? 'public' : undefined,
    lang,
    format,
  };
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}

function formatOf(file: string | undefined): Format {
  if (file === undefined) return 'json';
  const extension = extname(file).slice(1);
  const format = FORMATS.find((one) => one === extension);
  if (format) return format;
  throw new CommandFailure(`say with --format what ${file} is to be: ${FORMATS.join(', ')}`);
}

function oneOfTheReports(name: string): string {
  if ((REPORTS as readonly string[]).includes(name)) return name;
  throw new InvalidArgumentError(`There are ${REPORTS.join(', ')}.`);
}
