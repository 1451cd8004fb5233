import { BELARUSIAN } from './be/words.js';
import { ENGLISH } from './en/words.js';
import { RUSSIAN } from './ru/words.js';
import type { Words } from './words.js';

/** What a report can be written in, as BCP 47 has it. */
export const LANGUAGES = ['en', 'ru', 'be'] as const;
export type Language = (typeof LANGUAGES)[number];

export const WORDS: Record<Language, Words> = { en: ENGLISH, ru: RUSSIAN, be: BELARUSIAN };
