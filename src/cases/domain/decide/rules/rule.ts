import type { FactType } from '../../facts/facts.js';
import type { CaseFile } from '../../file/case-file.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import type { Law } from '../../law/law.js';

/** What a fact is judged by. */
export interface Bench {
  /** The file without that fact. */
  readonly file: CaseFile;
  readonly law: Law;
  /** Where in the request the fact's data stand. */
  readonly pointer: string;
}

/** Throws a Refusal, or lets the fact pass. */
export type Rule<T extends FactType> = (fact: FactInForce<T>, bench: Bench) => void;
