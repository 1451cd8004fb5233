import { CsvError, parse } from 'csv-parse/sync';
import { columnsOf, withLists, type Column } from './csv-columns.js';
import type { ImportLine, LineFault, ReadFile } from './import-line.js';
import { pathIdsOf, routeNamed } from './routes.js';

interface Row {
  record: string[];
  /** `lines`: how many had been read at its end. */
  info: { lines: number };
}

/** One fact a row; `docs/import.md` tells the columns. */
export function readCsv(file: Uint8Array): ReadFile {
  const rows = rowsOf(file);
  if ('reason' in rows) return { lines: [], faults: [rows] };
  const [header, ...others] = rows;
  if (!header) return { lines: [], faults: [{ line: 1, reason: 'the file is empty' }] };
  const { columns, faults: bad } = columnsOf(header.record);
  if (bad.length > 0) return { lines: [], faults: bad.map((reason) => ({ line: 1, reason })) };

  const lines: ImportLine[] = [];
  const faults: LineFault[] = [];
  let line = header.info.lines + 1;
  for (const { record, info } of others) {
    const read = readRow(record, columns, line);
    if ('reason' in read) faults.push(read);
    else lines.push(read);
    line = info.lines + 1;
  }
  return { lines, faults };
}

function rowsOf(file: Uint8Array): Row[] | LineFault {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return { line: 1, reason: 'the file is not UTF-8: save it as "CSV UTF-8"' };
  }
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message quotes the cell.
    return { line: Number(error['lines'] ?? 1), reason: `is not CSV (${error.code})` };
  }
}

/** Spreadsheets write what their country writes: the one of these that the header has most of. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function readRow(
  record: readonly string[],
  columns: readonly Column[],
  line: number,
): ImportLine | LineFault {
  if (record.length !== columns.length) {
    return { line, reason: `has ${record.length} cells where the header has ${columns.length} columns` };
  }
  const row: Record<string, unknown> = {};
  columns.forEach((column, place) => column.put(row, record[place] ?? ''));
  const { case: label, fact, as, ...members } = row;
  if (typeof label !== 'string') return { line, reason: 'case: must be a label or the id of a case' };
  const route = typeof fact === 'string' ? routeNamed(fact) : undefined;
  if (!route) return { line, reason: 'fact: must be the name of a command, like Arrested' };
  const body = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, withLists(value)]));
  const ids: Record<string, string> = {};
  for (const name of pathIdsOf(route)) {
    if (typeof body[name] !== 'string') return { line, reason: `${name}: must be given for ${route.name}` };
    ids[name] = body[name];
    delete body[name];
  }
  return { line, label, route, ids, body, ...(typeof as === 'string' && { as }) };
}
