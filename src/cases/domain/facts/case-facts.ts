import type { Circumstance, RecordedDate, Uuid } from './common.js';

export const ROLES = [
  'protester',
  'candidate',
  'campaign_team',
  'journalist',
  'blogger',
  'politician',
  'activist',
  'human_rights_defender',
  'lawyer',
  'bystander',
  'minor',
  'other',
] as const;
export type Role = (typeof ROLES)[number];

export const SEXES = ['female', 'male', 'other', 'unknown'] as const;

/** `script` is an ISO 15924 code (Latn, Cyrl), `lang` a BCP 47 tag. */
export interface PersonName {
  form: string;
  lang?: string;
  script?: string;
}

export interface Person {
  names: PersonName[];
  roles: Role[];
  born?: RecordedDate;
  sex?: (typeof SEXES)[number];
}

export const CONSENT_SCOPES = ['publish_name', 'dossier', 'share'] as const;
export const CONSENT_GIVERS = ['self', 'family', 'lawyer'] as const;

export interface CaseFacts {
  CaseOpened: Circumstance & { person: Person; summary?: string };
  NameRecorded: Circumstance & { name: PersonName };
  RoleRecorded: Circumstance & { role: Role; from?: RecordedDate; until?: RecordedDate };
  NoteAdded: Circumstance & { text: string };
  ConsentRecorded: Circumstance & {
    scope: (typeof CONSENT_SCOPES)[number];
    by: (typeof CONSENT_GIVERS)[number];
    method?: string;
    expires?: RecordedDate;
  };
  ConsentWithdrawn: Circumstance & { scope: (typeof CONSENT_SCOPES)[number] };
  CaseClosed: Circumstance & { reason: string };
  CaseReopened: Circumstance & { reason: string };
  CaseMerged: Circumstance & { intoCaseId: Uuid; reason: string };
  CaseAbsorbed: Circumstance & { caseId: Uuid; throughRevision: number; reason: string };
  /** `restrictedTo`: whom the two were restricted to together, and each of them still is (see `CaseRestricted`). */
  CaseUnmerged: Circumstance & { fromCaseId: Uuid; reason: string; restrictedTo?: Uuid[] };
  CaseReleasedFromMerge: Circumstance & { caseId: Uuid; reason: string; restrictedTo?: Uuid[] };
}
