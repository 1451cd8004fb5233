import type { Circumstance, RecordedDate, Source, Uuid } from './common.js';

export const PRETEXTS = ['no_meeting_room', 'quarantine', 'no_reason', 'not_party', 'other'] as const;
export const CONDITION_KINDS = [
  'bedding_removed',
  'overcrowding',
  'cold',
  'no_food',
  'no_water',
  'no_medical_care',
  'solitary',
  'ill_treatment',
  'other',
] as const;
export const REPORTERS = ['detainee', 'family', 'lawyer', 'witness', 'organisation', 'other'] as const;
export const VOID_REASONS = ['entered_in_error', 'wrong_person', 'duplicate'] as const;

export interface HoursRange {
  atLeastHours?: number;
  atMostHours?: number;
}

export interface DueProcessFacts {
  CounselDenied: Circumstance & {
    denialId: Uuid;
    detentionId?: Uuid;
    until?: RecordedDate;
    duration?: HoursRange;
    requests?: number;
    pretext?: (typeof PRETEXTS)[number];
    pretextText?: string;
    authority?: string;
  };
  CounselGranted: Circumstance & { denialId?: Uuid; detentionId?: Uuid; private?: boolean };
  ConditionReported: Circumstance & {
    detentionId?: Uuid;
    kind: (typeof CONDITION_KINDS)[number];
    hours?: number;
    facility?: string;
    actor?: string;
    reportedBy: (typeof REPORTERS)[number];
    text?: string;
  };
}

export interface CorrectionFacts {
  /** `data` is the whole new payload of the event: same type, same ids. */
  EventCorrected: Circumstance & { eventId: Uuid; data: Record<string, unknown>; reason: string };
  EventVoided: Circumstance & { eventId: Uuid; reason: (typeof VOID_REASONS)[number] };
  SourceCited: Circumstance & { eventId: Uuid; source: Source; agrees: boolean; differs?: string };
}
