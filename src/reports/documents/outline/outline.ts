import type { PlotSection, Value } from '../../content/content.js';
import type { Words } from '../words/words.js';
import type { ValueWriter } from '../phrasing/values.js';

/** A value, and how it reads. */
export interface Cell {
  value: Value;
  text: string;
}

/** Where a definition stands in the appendix, and what it is called there. */
export interface DefinitionRef {
  anchor: string;
  label: string;
}

export interface FiguresPart {
  kind: 'figures';
  id: string;
  heading: string;
  figures: {
    id: string;
    name: string;
    cell: Cell;
    /** Persons behind it, as a number (null: withheld) and in words. */
    count: number | null;
    n: string;
    caveat: string;
    definition: DefinitionRef;
  }[];
}

export interface TablePart {
  kind: 'table';
  id: string;
  heading: string;
  columns: { id: string; heading: string; definition?: DefinitionRef }[];
  rows: Cell[][];
  /** Stands for the rows on pages that are read from top to bottom; absent where they are not too many for that. */
  brief?: Cell[][];
}

export interface PlotPart {
  kind: 'plot';
  id: string;
  heading: string;
  section: PlotSection;
  table: TablePart;
}

export interface FormPart {
  kind: 'form';
  id: string;
  heading: string;
  answers: { id: string; question: string; cells: Cell[] }[];
}

export interface NotesPart {
  kind: 'notes';
  id: string;
  heading: string;
  notes: string[];
}

export type Part = FiguresPart | TablePart | PlotPart | FormPart | NotesPart;

/** A report in one language, before it takes the form of a file. */
export interface Outline {
  words: Words;
  write: ValueWriter;
  title: string;
  subtitle: string;
  /** Printed over a report that is not public. */
  warning: string | null;
  basis: { label: string; text: string }[];
  parts: Part[];
  definitions: { anchor: string; name: string; label: string; definition: string }[];
  legend: string[];
}
