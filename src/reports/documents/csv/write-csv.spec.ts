import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { HOSTILE } from '../../../../test/support/hostile-words.js';
import { reportContent } from '../../../../test/support/report-contents.js';
import { EACH, written } from '../../../../test/support/written-reports.js';
import type { ReportContent, Value } from '../../content/content.js';
import { neutral } from './neutral.js';

type Line = Record<string, string>;

const read = (csv: string): Line[] => parse(csv, { columns: true, bom: true });

/** A value as it stood in the content; of texts what is left of them once no formula can begin in them. */
function valueIn({ kind, value = '', upper = '', unit = '' }: Line): Value {
  const orNull = (written: string): string | null => (written === '' ? null : written);
  switch (kind) {
    case 'count':
    case 'base_units':
      return { kind, value: Number(value) };
    case 'range':
      return { kind, unit: unit as 'days', min: Number(value), max: upper === '' ? null : Number(upper) };
    case 'decimal':
      return unit === 'days' ? { kind, unit, value } : { kind, unit: 'money', value, currency: unit };
    case 'money':
      return { kind, currency: unit, value, ...(upper === '' ? {} : { qualifier: upper as 'at_least' }) };
    case 'days':
      return { kind, earliest: orNull(value), latest: orNull(upper) };
    case 'period':
      return { kind, from: orNull(value), to: orNull(upper) };
    case 'code':
      return { kind, list: unit, value };
    case 'estimate':
      return {
        kind,
        op: unit as 'gt',
        value: Number(value),
        ...(upper === '' ? {} : { high: Number(upper) }),
      };
    case 'withheld':
    case 'absent':
      return { kind };
    default:
      return { kind, value } as Value;
  }
}

const harmlessly = (value: Value): Value =>
  value.kind === 'text' ? { ...value, value: neutral(value.value) } : value;

/** What a CSV holds of each section: everything but plots and notes. */
function valuesBySection({ sections }: ReportContent): Map<string, Value[]> {
  return new Map(
    sections.flatMap((section): [string, Value[]][] => {
      if (section.kind === 'figures') return [[section.id, section.figures.map(({ value }) => value)]];
      if (section.kind === 'table') return [[section.id, section.rows.flat()]];
      if (section.kind !== 'form') return [];
      const answered = ({ values }: { values: Value[] }): Value[] =>
        values.length === 0 ? [{ kind: 'absent' }] : values;
      return [[section.id, section.answers.flatMap(answered)]];
    }),
  );
}

describe('a report as CSV', () => {
  it.each(EACH)('%s says the same when it is read back (%s)', async (report, language) => {
    const content = reportContent(report);
    const lines = read(await written(report, language, 'csv'));
    for (const [id, values] of valuesBySection(content)) {
      const inFile = lines.filter(({ section }) => section === id).map(valueIn);
      expect(inFile).toEqual(values.map(harmlessly));
    }
    const basis = Object.fromEntries(
      lines.filter(({ section }) => section === 'basis').map(({ item, value }) => [item, value]),
    );
    const { filters, ...question } = content.basis;
    expect(basis).toEqual({ report, audience: content.audience, ...question, ...filters });
  });

  it('says of each figure who is behind it, how far it goes, and by which definition', async () => {
    const lines = read(await written('monthly', 'en', 'csv'));
    expect(lines.find(({ item }) => item === 'days_outstanding')).toMatchObject({
      label: 'Days outstanding',
      text: 'at least 24 days (no upper bound known)',
      n: '6',
      caveat: 'at_least',
      definition: 'days_outstanding',
      version: '1',
    });
  });

  it.each(EACH)('%s holds no cell that a spreadsheet would carry out (%s)', async (report, language) => {
    const lines = read(await written(report, language, 'csv'));
    expect(lines.length).toBeGreaterThan(5);
    const begun = lines.flatMap((line) => Object.values(line)).filter(beginsFormula);
    expect(begun).toEqual([]);
  });

  it('would be found out if it held one', () => {
    expect(HOSTILE.filter(beginsFormula).length).toBeGreaterThan(3);
  });
});

const beginsFormula = (cell: string): boolean =>
  cell.split(/[;\t]/).some((piece) => /^["\s]*[=+\-@]/.test(piece));
