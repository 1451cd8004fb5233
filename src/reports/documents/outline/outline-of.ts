import type { Basis, Figure, ReportContent, Section, TableSection, Value } from '../../content/content.js';
import { harmless } from '../phrasing/harmless.js';
import { valueWriter, type ValueWriter } from '../phrasing/values.js';
import { wordOf } from '../phrasing/word-of.js';
import { WORDS, type Language } from '../words/languages.js';
import type { FigureWords, Words } from '../words/words.js';
import { briefly } from './brief.js';
import { givenIn } from './given-in.js';
import type { Cell, DefinitionRef, Outline, Part, TablePart } from './outline.js';

/** Puts a report into words. Throws where the words of a figure, section, column or code are missing. */
export function outlineOf(content: ReportContent, language: Language): Outline {
  const words = WORDS[language];
  const write = valueWriter(words);
  const appendix = new Appendix(words);
  const told = new Map<string, Part>();
  const tell = (section: Section): Part => {
    const part = told.get(section.id) ?? partOf(section, words, write, appendix, tableNamed);
    told.set(section.id, part);
    return part;
  };
  const tableNamed = (id: string): TablePart => {
    const section = content.sections.find((one) => one.kind === 'table' && one.id === id);
    if (!section) throw new Error(`a plot is to be drawn from the table "${id}", which is not there`);
    return tell(section) as TablePart;
  };
  return {
    words,
    write,
    title: words.phrases.title[content.report],
    subtitle: words.phrases.reportOf(write.day(content.basis.asOf)),
    warning: content.audience === 'internal' ? words.phrases.notForPublication : null,
    basis: basisOf(content, words, write),
    parts: content.sections.map(tell),
    definitions: appendix.definitions,
    legend: Object.values(words.phrases.legend.entries),
  };
}

/** Definitions in the order in which a report first needs them. */
class Appendix {
  readonly definitions: Outline['definitions'] = [];

  constructor(private readonly words: Words) {}

  ref({ id, version }: Pick<Figure, 'id' | 'version'>): DefinitionRef {
    const anchor = `definition-${id}-${version}`;
    const label = this.words.phrases.definitionRef(id, version);
    if (!this.definitions.some((known) => known.anchor === anchor)) {
      const { name, definition } = figureWords(this.words, id);
      this.definitions.push({ anchor, name, label, definition });
    }
    return { anchor, label };
  }
}

const figureWords = ({ figures }: Words, id: string): FigureWords =>
  wordOf<FigureWords>(figures, id, 'figure');

/** How far a figure goes, and how much of it may belong to the time before the period. */
function caveatOf({ caveat, uncertain }: Figure, { phrases }: Words, write: ValueWriter): string {
  const said = phrases.caveats[caveat];
  return uncertain === undefined ? said : `${said}; ${phrases.uncertain(write.count(uncertain))}`;
}

/** A section or a column that shows one figure is called like it. */
const headingOf = (words: Words, what: 'sections' | 'columns', id: string): string =>
  Object.hasOwn(words[what], id) || !Object.hasOwn(words.figures, id)
    ? wordOf(words[what], id, what)
    : figureWords(words, id).name;

function partOf(
  section: Section,
  words: Words,
  write: ValueWriter,
  appendix: Appendix,
  tableNamed: (id: string) => TablePart,
): Part {
  const { id } = section;
  const heading = headingOf(words, 'sections', id);
  const cell = (value: Cell['value']): Cell => ({ value, text: harmless(write.written(value)) });
  switch (section.kind) {
    case 'figures':
      return {
        kind: 'figures',
        id,
        heading,
        figures: section.figures.map((figure) => ({
          id: figure.id,
          name: figureWords(words, figure.id).name,
          cell: cell(figure.value),
          count: figure.n,
          n: figure.n === null ? words.phrases.withheld : write.count(figure.n),
          caveat: caveatOf(figure, words, write),
          definition: appendix.ref(figure),
        })),
      };
    case 'table':
      return tableOf(section, heading, cell, (column) => ({
        id: column.id,
        heading: headingOf(words, 'columns', column.id),
        ...(column.figure ? { definition: appendix.ref(column.figure) } : {}),
      }));
    case 'plot':
      return { kind: 'plot', id, heading, section, table: tableNamed(section.table) };
    case 'form':
      return {
        kind: 'form',
        id,
        heading,
        answers: section.answers.map(({ question, values }) => ({
          id: question,
          question: wordOf(words.questions, question, 'question'),
          cells: values.map(cell),
        })),
      };
    case 'notes':
      return {
        kind: 'notes',
        id,
        heading,
        notes: section.notes.map((note) => wordOf(words.notes, note, 'note')),
      };
  }
}

function tableOf(
  { id, columns, rows }: TableSection,
  heading: string,
  cell: (value: Value) => Cell,
  column: (column: TableSection['columns'][number]) => TablePart['columns'][number],
): TablePart {
  if (rows.some((row) => row.length !== columns.length)) {
    throw new Error(`a row of the table "${id}" has not as many cells as columns`);
  }
  const told = rows.map((row) => row.map(cell));
  const brief = briefly(told);
  return { kind: 'table', id, heading, columns: columns.map(column), rows: told, ...(brief && { brief }) };
}

function basisOf({ basis, audience }: ReportContent, words: Words, write: ValueWriter): Outline['basis'] {
  const { phrases } = words;
  return [
    { label: phrases.basis.asOf, text: write.day(basis.asOf) },
    { label: phrases.basis.knownAt, text: write.instant(basis.knownAt) },
    { label: phrases.basis.position, text: harmless(basis.position) },
    { label: phrases.basis.filters, text: filtersOf(basis.filters, words, write) },
    { label: phrases.basis.audience, text: phrases.audience[audience] },
  ];
}

function filtersOf(filters: Basis['filters'], words: Words, write: ValueWriter): string {
  const { phrases } = words;
  const told = (name: keyof Basis['filters'], value: string): string => {
    if (name === 'from' || name === 'to') return write.day(value);
    if (name === 'family' || name === 'region' || name === 'role') {
      return write.written({ kind: 'code', list: name, value });
    }
    return value;
  };
  const given = givenIn(filters);
  if (given.length === 0) return phrases.basis.noFilters;
  return given.map(([name, value]) => `${phrases.filters[name]}: ${harmless(told(name, value))}`).join('; ');
}
