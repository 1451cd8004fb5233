import type { FactData, FactType } from './facts.js';

/**
 * Which fields of a fact say nothing about a person that a code, a date, an amount or an id does not: these stay readable to
 * auditors, in the change feed and after erasure. Every field that is not declared here is personal, whatever it holds: one that
 * is added to a fact and forgotten here is withheld, and a new kind of fact does not compile until it has a row.
 */
type Readable<D> = { readonly [K in keyof D]?: ReadableValue<NonNullable<D[K]>> };
type ReadableValue<V> = V extends readonly (infer Item)[]
  ? ReadableValue<Item>
  : V extends object
    ? Readable<V>
    : true;

const source = { kind: true, published: true, confidential: true, reliability: true } as const;
const circumstance = { at: true, sources: source } as const;
const money = { value: true, currency: true, qualifier: true } as const;
const detention = { ...circumstance, detentionId: true } as const;
const penalty = { ...circumstance, penaltyId: true } as const;

const READABLE: { readonly [T in FactType]: Readable<FactData[T]> } = {
  CaseOpened: { ...circumstance, person: { roles: true, sex: true } },
  NameRecorded: circumstance,
  RoleRecorded: { ...circumstance, role: true, from: true, until: true },
  NoteAdded: circumstance,
  ConsentRecorded: { ...circumstance, scope: true, by: true, expires: true },
  ConsentWithdrawn: { ...circumstance, scope: true },
  CaseClosed: circumstance,
  CaseReopened: circumstance,
  CaseMerged: { ...circumstance, intoCaseId: true },
  CaseAbsorbed: { ...circumstance, caseId: true, throughRevision: true },
  CaseUnmerged: { ...circumstance, fromCaseId: true, restrictedTo: true },
  CaseReleasedFromMerge: { ...circumstance, caseId: true, restrictedTo: true },

  CaseRestricted: { ...circumstance, to: true },
  CaseUnrestricted: circumstance,
  ErasureRequested: circumstance,
  SubjectErasureStarted: { ...circumstance, requestEventId: true },
  SubjectErased: {
    ...circumstance,
    requestEventId: true,
    caseIds: true,
    destroyedKeys: true,
    sealedEvents: true,
    warnings: true,
  },

  EvidenceAttached: {
    ...circumstance,
    evidenceId: true,
    sha256: true,
    size: true,
    mediaType: true,
    capturedAt: true,
  },
  ExportIssued: {
    ...circumstance,
    revision: true,
    leafHash: true,
    merged: { caseId: true, revision: true, leafHash: true },
  },

  Arrested: { ...detention, regime: true, place: { region: true }, campaignId: true, warrantShown: true },
  Transferred: detention,
  CustodyRegimeChanged: { ...detention, regime: true },
  CustodyConfirmed: detention,
  WhereaboutsLost: detention,
  WhereaboutsEstablished: detention,
  Released: { ...detention, basis: true, conditional: true },
  DiedInCustody: { ...detention, causeStatus: true },

  Charged: {
    ...detention,
    proceedingId: true,
    kind: true,
    provision: { code: true, article: true, part: true },
    actKind: true,
    campaignId: true,
  },
  HearingScheduled: { ...circumstance, hearingId: true, proceedingId: true },
  HearingHeld: { ...circumstance, hearingId: true, counselPresent: true },
  HearingAdjourned: { ...circumstance, hearingId: true, to: true },
  DecisionRendered: { ...circumstance, decisionId: true, proceedingId: true, outcome: true },
  // Who terminated a proceeding or reduced a penalty is free text, and may be a judge by name.
  ProceedingTerminated: { ...circumstance, proceedingId: true },
  AppealFiled: { ...circumstance, appealId: true, decisionId: true },
  AppealDecided: { ...circumstance, appealId: true, outcome: true },

  Sentenced: {
    ...penalty,
    decisionId: true,
    proceedingId: true,
    days: true,
    runs: true,
    creditedFrom: true,
    claimed: { ordinal: true, cumulativeDays: true },
  },
  Fined: {
    ...penalty,
    decisionId: true,
    proceedingId: true,
    amount: money,
    baseUnits: true,
    reported: money,
  },
  SentenceReduced: { ...penalty, days: true },
  FineReduced: { ...penalty, amount: money },
  PenaltyAnnulled: { ...penalty, by: true },
  FineWithdrawn: penalty,
  FinePaid: { ...penalty, amount: money, by: true },
  FineRefunded: { ...penalty, amount: money },

  CounselDenied: {
    ...detention,
    denialId: true,
    until: true,
    duration: { atLeastHours: true, atMostHours: true },
    requests: true,
    pretext: true,
  },
  CounselGranted: { ...detention, denialId: true, private: true },
  ConditionReported: { ...detention, kind: true, hours: true, reportedBy: true },

  // The new payload of a corrected event is read as the type it replaces.
  EventCorrected: { ...circumstance, eventId: true },
  EventVoided: { ...circumstance, eventId: true, reason: true },
  SourceCited: { ...circumstance, eventId: true, source, agrees: true },
};

/**
 * The part of a fact's data that is not personal, as plain data in the same shape: a personal field is absent, a list of
 * objects keeps its length. `correctedType` is the type of the event that an `EventCorrected` replaces; without it the new
 * payload is withheld whole. A type that is not known has no readable part.
 */
export function withoutPersonalFields(
  type: FactType,
  data: object,
  correctedType?: FactType,
): Record<string, unknown> {
  const fields = SHAPES.get(type);
  if (!fields) return {};
  const readable = readablePart(data, fields);
  if (type === 'EventCorrected' && correctedType !== undefined && 'data' in data && isObject(data.data)) {
    readable['data'] = withoutPersonalFields(correctedType, data.data);
  }
  return readable;
}

/** Every kind of fact by name. */
export const FACT_TYPES = Object.keys(READABLE) as readonly FactType[];

type Shape = true | readonly (readonly [name: string, shape: Shape])[];

/** In the order of canonical JSON, and so is what is made after them. */
const shapesIn = (fields: object): Exclude<Shape, true> =>
  Object.entries(fields as Record<string, true | object>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, shape]) => [name, shape === true ? true : shapesIn(shape)]);

const SHAPES: ReadonlyMap<string, Exclude<Shape, true>> = new Map(
  Object.entries(READABLE).map(([type, fields]) => [type, shapesIn(fields)]),
);

function readablePart(data: object, fields: Exclude<Shape, true>): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const [name, shape] of fields) {
    if (!Object.hasOwn(data, name)) continue;
    const value = readableValue((data as Record<string, unknown>)[name], shape);
    if (value !== undefined) part[name] = value;
  }
  return part;
}

/** Undefined where the value has not the declared shape: an object in the place of a code is withheld. */
function readableValue(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => readableValue(item, shape) ?? null);
  if (shape === true) return isObject(value) ? undefined : value;
  return isObject(value) ? readablePart(value, shape) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
