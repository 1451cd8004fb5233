import type { Words } from '../words.js';
import { BREAKDOWNS } from './breakdowns.js';
import { CODES } from './codes.js';
import { FIGURES } from './figures.js';
import { PHRASES, UNITS } from './phrases.js';
import { COLUMNS, NOTES, QUESTIONS, SECTIONS } from './tables.js';

export const ENGLISH: Words = {
  locale: 'en-GB',
  phrases: PHRASES,
  units: UNITS,
  codes: CODES,
  figures: { ...FIGURES, ...BREAKDOWNS },
  sections: SECTIONS,
  columns: COLUMNS,
  notes: NOTES,
  questions: QUESTIONS,
};
