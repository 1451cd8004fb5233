import { readFileSync } from 'node:fs';
import { readLaw, type Law } from './domain/law/law.js';

/** The law that figures and findings are measured against, as dated data. */
export class LawBook {
  constructor(readonly law: Law) {}

  /** Reads the file of a jurisdiction (ISO 3166-1). Throws if there is none. */
  static of(jurisdiction: string): LawBook {
    const file = new URL(`./domain/law/${jurisdiction}.json`, import.meta.url);
    return new LawBook(readLaw(readFileSync(file, 'utf8')));
  }
}
