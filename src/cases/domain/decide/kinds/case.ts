import {
  CONSENT_GIVERS,
  CONSENT_SCOPES,
  ROLES,
  SEXES,
  type CaseFacts,
  type Person,
  type PersonName,
} from '../../facts/case-facts.js';
import { LONGEST_NAME, MOST_NAMES } from '../shape/limits.js';
import { and, list, object, optional } from '../shape/reading.js';
import { circumstance, date, matching, oneOf, text, textUpTo } from '../shape/values.js';
import type { KindsOf } from './kind.js';

/** Those that join two cases and part them again; they are decided by `merge.ts` and never corrected. */
export type MergeFact = 'CaseMerged' | 'CaseAbsorbed' | 'CaseUnmerged' | 'CaseReleasedFromMerge';

const personName = object<PersonName>({
  form: textUpTo(LONGEST_NAME),
  lang: optional(matching(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/, 'must be a BCP 47 tag')),
  script: optional(matching(/^[A-Z][a-z]{3}$/, 'must be an ISO 15924 code')),
});

const person = object<Person>({
  names: list(personName, 1, MOST_NAMES),
  roles: and(
    list(oneOf(ROLES), 0, ROLES.length),
    (roles) => new Set(roles).size === roles.length,
    'must name each role once',
  ),
  born: optional(date),
  sex: optional(oneOf(SEXES)),
});

/** Whether the case is open to them is for `admission.ts`. */
export const caseKinds: KindsOf<Omit<CaseFacts, MergeFact>> = {
  CaseOpened: {
    reads: object<CaseFacts['CaseOpened']>({ person, summary: optional(text), ...circumstance }),
    keeps: [],
  },
  NameRecorded: {
    reads: object<CaseFacts['NameRecorded']>({ name: personName, ...circumstance }),
    keeps: [],
  },
  RoleRecorded: {
    reads: object<CaseFacts['RoleRecorded']>({
      role: oneOf(ROLES),
      from: optional(date),
      until: optional(date),
      ...circumstance,
    }),
    keeps: [],
  },
  NoteAdded: { reads: object<CaseFacts['NoteAdded']>({ text, ...circumstance }), keeps: [] },
  ConsentRecorded: {
    reads: object<CaseFacts['ConsentRecorded']>({
      scope: oneOf(CONSENT_SCOPES),
      by: oneOf(CONSENT_GIVERS),
      method: optional(text),
      expires: optional(date),
      ...circumstance,
    }),
    keeps: [],
  },
  ConsentWithdrawn: {
    reads: object<CaseFacts['ConsentWithdrawn']>({ scope: oneOf(CONSENT_SCOPES), ...circumstance }),
    keeps: [],
  },
  CaseClosed: { reads: object<CaseFacts['CaseClosed']>({ reason: text, ...circumstance }), keeps: [] },
  CaseReopened: { reads: object<CaseFacts['CaseReopened']>({ reason: text, ...circumstance }), keeps: [] },
};
