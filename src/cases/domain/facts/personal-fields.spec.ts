import { describe, expect, it } from '@jest/globals';
import type { FactData, FactType } from './facts.js';
import { FACT_TYPES, withoutPersonalFields } from './personal-fields.js';

/** Every field filled in; a field added to a fact does not compile until it is here, as a code or as a personal one. */
type Filled<V> = V extends readonly (infer Item)[]
  ? Filled<Item>[]
  : V extends object
    ? { [K in keyof V]-?: Filled<NonNullable<V[K]>> }
    : V;

const PERSONAL = 'PERSONAL';
const NAME = { form: PERSONAL, lang: PERSONAL, script: PERSONAL };
const SOURCE = {
  citation: PERSONAL,
  url: PERSONAL,
  kind: 'press',
  published: '2020-02-07',
  confidential: true,
  reliability: 'high',
} as const;
const circumstance = { at: '2020-01-27', sources: [SOURCE], remark: PERSONAL };
const money = { value: '510.00', currency: 'BYN', qualifier: 'exact' } as const;
const merge = { ...circumstance, reason: PERSONAL };
const detention = { ...circumstance, detentionId: 'd1' };
const penalty = { ...circumstance, penaltyId: 's1' };
const imposed = { ...penalty, decisionId: 'x1', proceedingId: 'p1' };

const FILLED: { [T in FactType]: Filled<FactData[T]> } = {
  CaseOpened: {
    ...circumstance,
    person: { names: [NAME], roles: ['blogger', 'minor'], born: PERSONAL, sex: 'male' },
    summary: PERSONAL,
  },
  NameRecorded: { ...circumstance, name: NAME },
  RoleRecorded: { ...circumstance, role: 'lawyer', from: '2019', until: '2020' },
  NoteAdded: { ...circumstance, text: PERSONAL },
  ConsentRecorded: { ...circumstance, scope: 'dossier', by: 'family', method: PERSONAL, expires: '2021' },
  ConsentWithdrawn: { ...circumstance, scope: 'share' },
  CaseClosed: merge,
  CaseReopened: merge,
  CaseMerged: { ...merge, intoCaseId: 'c2' },
  CaseAbsorbed: { ...merge, caseId: 'c1', throughRevision: 4 },
  CaseUnmerged: { ...merge, fromCaseId: 'c2', restrictedTo: ['u1'] },
  CaseReleasedFromMerge: { ...merge, caseId: 'c1', restrictedTo: ['u1'] },
  CaseRestricted: { ...merge, to: ['u1', 'u2'] },
  CaseUnrestricted: merge,
  ErasureRequested: merge,
  SubjectErasureStarted: { ...circumstance, requestEventId: 'e1' },
  SubjectErased: {
    ...circumstance,
    requestEventId: 'e1',
    caseIds: ['c1', 'c2'],
    destroyedKeys: ['k1'],
    sealedEvents: 12,
    warnings: ['exported_copies_remain'],
  },
  Arrested: {
    ...detention,
    regime: 'criminal',
    place: { region: 'BY-HM', detail: PERSONAL },
    authority: PERSONAL,
    facility: PERSONAL,
    campaignId: 'w1',
    warrantShown: false,
    statedReason: PERSONAL,
    circumstances: PERSONAL,
  },
  Transferred: { ...detention, facility: PERSONAL },
  CustodyRegimeChanged: { ...detention, regime: 'criminal' },
  CustodyConfirmed: detention,
  WhereaboutsLost: detention,
  WhereaboutsEstablished: { ...detention, facility: PERSONAL },
  Released: { ...detention, basis: 'early', conditional: true, conditions: PERSONAL },
  DiedInCustody: { ...detention, causeStatus: 'disputed' },
  Charged: {
    ...detention,
    proceedingId: 'p1',
    kind: 'administrative',
    provision: { code: 'BY-CoAO-2003', article: '23.34', part: '1' },
    allegedAct: PERSONAL,
    actKind: 'assembly',
    campaignId: 'w1',
  },
  HearingScheduled: {
    ...circumstance,
    hearingId: 'h1',
    proceedingId: 'p1',
    court: PERSONAL,
    judge: PERSONAL,
  },
  HearingHeld: { ...circumstance, hearingId: 'h1', counselPresent: false },
  HearingAdjourned: { ...circumstance, hearingId: 'h1', to: '2020-02-03' },
  DecisionRendered: {
    ...circumstance,
    decisionId: 'x1',
    proceedingId: 'p1',
    outcome: 'warning',
    court: PERSONAL,
    judge: PERSONAL,
  },
  ProceedingTerminated: { ...circumstance, proceedingId: 'p1', by: PERSONAL },
  AppealFiled: { ...circumstance, appealId: 'a1', decisionId: 'x1' },
  AppealDecided: { ...circumstance, appealId: 'a1', outcome: 'upheld' },
  Sentenced: {
    ...imposed,
    days: 15,
    runs: 'consecutive',
    creditedFrom: '2020-01-12',
    claimed: { ordinal: 8, cumulativeDays: 120 },
  },
  Fined: { ...imposed, amount: money, baseUnits: 20, reported: [money] },
  SentenceReduced: { ...penalty, days: 10, by: PERSONAL },
  FineReduced: { ...penalty, amount: money, by: PERSONAL },
  PenaltyAnnulled: { ...penalty, by: 'review' },
  FineWithdrawn: penalty,
  FinePaid: { ...penalty, amount: money, by: 'fund' },
  FineRefunded: { ...penalty, amount: money },
  CounselDenied: {
    ...detention,
    denialId: 'n1',
    until: '2020-01-29',
    duration: { atLeastHours: 24, atMostHours: 50 },
    requests: 3,
    pretext: 'quarantine',
    pretextText: PERSONAL,
    authority: PERSONAL,
  },
  CounselGranted: { ...detention, denialId: 'n1', private: false },
  ConditionReported: {
    ...detention,
    kind: 'bedding_removed',
    hours: 36,
    facility: PERSONAL,
    actor: PERSONAL,
    reportedBy: 'detainee',
    text: PERSONAL,
  },
  EventCorrected: { ...merge, eventId: 'e1', data: {} },
  EventVoided: { ...circumstance, eventId: 'e1', reason: 'duplicate' },
  SourceCited: { ...circumstance, eventId: 'e1', source: SOURCE, agrees: false, differs: PERSONAL },
};

const TYPES = Object.keys(FILLED) as FactType[];

/** The paths of the leaves, and what stands there. */
function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...leaves(member, `${path}/${name}`)]));
}

describe('the readable part of a fact', () => {
  it.each(TYPES)('%s: keeps every code, date, amount and id, and nothing personal', (type) => {
    const expected = new Map([...leaves(FILLED[type])].filter(([, value]) => value !== PERSONAL));
    expect(leaves(withoutPersonalFields(type, FILLED[type]))).toEqual(expected);
  });

  it('withholds a field nobody has declared', () => {
    const data = {
      ...FILLED.CustodyConfirmed,
      seenBy: PERSONAL,
      place: { region: 'BY-HM', street: PERSONAL },
    };
    expect(withoutPersonalFields('CustodyConfirmed', data)).toEqual({
      at: '2020-01-27',
      sources: [{ kind: 'press', published: '2020-02-07', confidential: true, reliability: 'high' }],
      detentionId: 'd1',
    });
  });

  it('withholds an object that stands where a code should be', () => {
    expect(withoutPersonalFields('Arrested', { detentionId: 'd1', regime: { note: PERSONAL } })).toEqual({
      detentionId: 'd1',
    });
    expect(
      withoutPersonalFields('CaseOpened', {
        person: { names: [NAME], roles: ['blogger', { note: PERSONAL }] },
      }),
    ).toEqual({ person: { roles: ['blogger', null] } });
  });

  it('withholds everything of a type it does not know, inherited names included', () => {
    for (const type of ['Pardoned', 'constructor', '__proto__']) {
      expect(FACT_TYPES).not.toContain(type);
      expect(withoutPersonalFields(type as FactType, { text: PERSONAL })).toEqual({});
    }
  });
});

describe('the readable part of a correction', () => {
  const correction = { eventId: 'e1', reason: PERSONAL, data: FILLED.Arrested };

  it('reads the new payload as the type it replaces', () => {
    expect(withoutPersonalFields('EventCorrected', correction, 'Arrested')).toEqual({
      eventId: 'e1',
      data: withoutPersonalFields('Arrested', FILLED.Arrested),
    });
  });

  it('withholds the new payload when the replaced type is not known', () => {
    expect(withoutPersonalFields('EventCorrected', correction)).toEqual({ eventId: 'e1' });
  });

  it('does not look into a correction of a correction', () => {
    const nested = { eventId: 'e2', reason: PERSONAL, data: correction };
    expect(withoutPersonalFields('EventCorrected', nested, 'EventCorrected')).toEqual({
      eventId: 'e2',
      data: { eventId: 'e1' },
    });
  });
});
