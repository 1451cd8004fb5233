import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';

/** One command of the files of cases: where it is posted, and what. */
export interface CaseCommand {
  post: string;
  body: Record<string, unknown>;
  as?: string;
}

type Body = Record<string, unknown>;

/** The events a posted command stands for; the penalty of a decision comes after it and is the one that `as` names. */
export function factsFromCommands(
  commands: readonly CaseCommand[],
  firstRecorded = '2026-01-01T00:00:00.000Z',
): RecordedFact[] {
  const ids = new Map<string, string>();
  let made = 0;
  const newId = (): string => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  const idOf = (label: string): string => {
    const id = ids.get(label) ?? newId();
    ids.set(label, id);
    return id;
  };
  const caseId = newId();
  const facts: RecordedFact[] = [];
  const resolve = (value: unknown): unknown => {
    if (typeof value === 'string') return /^[$@]/.test(value) ? idOf(value) : value;
    if (Array.isArray(value)) return value.map(resolve);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  };

  for (const { post, body, as } of commands) {
    const events = eventsOf(
      post
        .split('/')
        .slice(4)
        .map((part) => resolve(part) as string),
      resolve(body) as Body,
      newId,
    );
    events.forEach(([type, data], i) => {
      const named = as !== undefined && i === events.length - 1;
      facts.push({
        type,
        data,
        eventId: named ? idOf(as) : newId(),
        caseId,
        revision: facts.length,
        recordedAt: new Date(Date.parse(firstRecorded) + facts.length * 1000).toISOString(),
        recordedBy: 'p',
      } as RecordedFact);
    });
  }
  return facts;
}

const SIMPLE: Record<string, string> = {
  arrests: 'Arrested',
  'regime-changes': 'CustodyRegimeChanged',
  'custody-confirmations': 'CustodyConfirmed',
  transfers: 'Transferred',
  releases: 'Released',
  deaths: 'DiedInCustody',
  charges: 'Charged',
  'counsel-denials': 'CounselDenied',
  'counsel-grants': 'CounselGranted',
  conditions: 'ConditionReported',
  corrections: 'EventCorrected',
  voids: 'EventVoided',
  citations: 'SourceCited',
};

const PENALTY_CHANGES: Record<string, string> = {
  annulments: 'PenaltyAnnulled',
  withdrawals: 'FineWithdrawn',
  payments: 'FinePaid',
  refunds: 'FineRefunded',
};

function eventsOf(path: readonly string[], body: Body, newId: () => string): [string, Body][] {
  const [collection, id, change] = path;
  if (collection === undefined) return [['CaseOpened', body]];
  if (collection === 'decisions') return decision(body, body['penalties'] as Body[] | undefined, newId);
  if (collection === 'sentences' || collection === 'fines') {
    const { at, sources, remark, ...penalty } = body;
    const kind = collection === 'sentences' ? 'sentence' : 'fine';
    if (penalty['decisionId'] !== undefined) return [penaltyEvent({ kind, ...body })];
    const shared = { at, sources, remark, proceedingId: penalty['proceedingId'], outcome: 'penalised' };
    return decision(shared, [{ kind, ...penalty }], newId);
  }
  if (collection === 'penalties') {
    if (change === 'reductions') {
      return [['days' in body ? 'SentenceReduced' : 'FineReduced', { ...body, penaltyId: id }]];
    }
    return [[known(PENALTY_CHANGES, change), { ...body, penaltyId: id }]];
  }
  return [[known(SIMPLE, collection), body]];
}

function known(types: Record<string, string>, name: string | undefined): string {
  const type = types[name ?? ''];
  if (type === undefined) throw new Error(`no command is known by the name ${name}`);
  return type;
}

function decision(body: Body, penalties: Body[] | undefined, newId: () => string): [string, Body][] {
  const { penalties: _, decisionId = newId(), ...rest } = body;
  const { at, sources, remark, proceedingId } = rest;
  const shared = defined({ at, sources, remark, proceedingId, decisionId });
  return [
    ['DecisionRendered', defined({ ...rest, decisionId })],
    ...(penalties ?? []).map((penalty) =>
      penaltyEvent({ ...penalty, ...shared, penaltyId: penalty['penaltyId'] ?? newId() }),
    ),
  ];
}

const penaltyEvent = ({ kind, ...data }: Body): [string, Body] => [
  kind === 'sentence' ? 'Sentenced' : 'Fined',
  data,
];

const defined = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
