import type { FactData, FactType } from '../../src/cases/domain/facts/facts.js';
import type { SubjectFacts } from '../../src/register/domain/facts.js';

/** Every field filled in; a field added to a fact does not compile until it is here, as a code or as a personal one. */
type Filled<V> = V extends readonly (infer Item)[]
  ? Filled<Item>[]
  : V extends object
    ? { [K in keyof V]-?: Filled<NonNullable<V[K]>> }
    : V;

/** Stands in every field that is. */
export const PERSONAL = 'PERSONAL';
export const NAME = { form: PERSONAL, lang: PERSONAL, script: PERSONAL };
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

export const FILLED: { [T in FactType]: Filled<FactData[T]> } = {
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
  EvidenceAttached: {
    ...circumstance,
    evidenceId: 'f1',
    sha256: '00',
    size: 1,
    mediaType: 'image/png',
    capturedAt: '2020-01-27',
    description: PERSONAL,
  },
  ExportIssued: {
    ...circumstance,
    revision: 3,
    leafHash: 'h1',
    merged: [{ caseId: 'c2', revision: 2, leafHash: 'h2' }],
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

/** The same of what is recorded beside the cases. */
export const FILLED_BESIDE: { [T in keyof SubjectFacts]: Filled<SubjectFacts[T]> } = {
  CampaignDefined: {
    ...circumstance,
    name: 'The winter of 2019',
    period: '2019-12',
    trigger: 'talks on integration',
    parentId: 'w1',
    ordinal: 2,
  },
  EstimateRecorded: {
    ...circumstance,
    quantity: { op: 'gt', value: 150, low: 1, high: 2, word: 'over 150' },
    unit: 'persons',
    predicate: 'charged_and_fined',
    period: '2019-12',
    campaignId: 'w1',
    estimator: 'human rights defenders',
    relayedBy: 'the statement',
    asOf: '2020-02-07',
  },
  RecommendationIssued: {
    ...circumstance,
    kind: 'withdraw_fines',
    addressee: 'the authorities',
    scope: { provision: { code: 'BY-CoAO-2003', article: '23.34', part: '1' }, campaignId: 'w1' },
  },
};

/** The paths of the leaves, and what stands there. */
export function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...leaves(member, `${path}/${name}`)]));
}
