import { newId, type Caseworker } from '../../support/caseworker.js';
import { attach, PICTURE } from '../../support/evidence.js';
import type { Service } from '../../support/service.js';
import { MarkedFacts } from './marked-facts.js';
import type { Marks } from './marks.js';

/** The same of what is recorded beside the cases, each corrected and voided. Gives the paths of their histories. */
export async function recordEverythingBeside(
  service: Pick<Service, 'request'>,
  key: string,
  marks: Marks,
): Promise<string[]> {
  const facts = new MarkedFacts(marks);
  const say = async (path: string, body: object) => {
    const {
      status,
      body: answer,
      text,
    } = await service.request<{
      ids: Record<string, string>;
      events: { eventId: string }[];
    }>('POST', `/v1/${path}`, { body, key });
    if (status !== 201) throw new Error(`${path} was answered ${status}: ${text}`);
    return { id: Object.values(answer.ids)[0]!, eventId: answer.events[0]!.eventId };
  };
  const campaign = await say('campaigns', facts.campaign());
  const estimate = await say('estimates', facts.estimate(campaign.id));
  const recommendation = await say('recommendations', facts.recommendation());
  const paths: string[] = [];
  for (const [name, { id, eventId }, data] of [
    ['recommendations', recommendation, facts.recommendation()],
    ['estimates', estimate, facts.estimate(campaign.id)],
    ['campaigns', campaign, facts.campaign()],
  ] as const) {
    await say(`${name}/${id}/corrections`, { ...facts.reasoned(), eventId, data });
    await say(`${name}/${id}/voids`, { ...facts.circumstance(), eventId, reason: 'duplicate' });
    paths.push(`/v1/${name}/${id}/events`);
  }
  return paths;
}

type Say = (below: string, body: object) => Promise<{ events: { eventId: string }[] }>;

/** One fact of every kind there is, each by its own route, and a mark in every field. Gives the two cases they stand in. */
export async function recordEverything(
  caseworker: Caseworker,
  marks: Marks,
  service: Pick<Service, 'url'>,
): Promise<{ first: string; second: string }> {
  const facts = new MarkedFacts(marks);
  const [first, second] = [newId(), newId()];
  for (const caseId of [first, second]) await caseworker.record('', { caseId, ...facts.opening() });
  const say: Say = (below, body) => caseworker.record(`/${first}${below}`, body);
  await ofThePerson(say, facts, marks);
  const detentionId = newId();
  await ofCustody(say, facts, marks, detentionId);
  await ofProceedings(say, facts, marks);
  await ofPenalties(say, facts);
  await ofDueProcess(say, facts, detentionId);
  await ofCorrections(say, facts, marks);
  const form = { bytes: PICTURE, fields: { description: marks.inProse(), capturedAt: '2020-01-27' } };
  await attach(service, caseworker.key, first, form);
  const [opened] = await caseworker.history(first);
  for (const to of [[opened!['recordedBy']], []]) await say('/restrictions', { ...facts.reasoned(), to });
  const arrested = newId();
  await caseworker.record(`/${second}/arrests`, facts.arrest(arrested));
  const death = { ...facts.circumstance('2020-03-01'), detentionId: arrested, causeStatus: 'disputed' };
  await caseworker.record(`/${second}/deaths`, death);
  await caseworker.record(`/${second}/merges`, { ...facts.reasoned(), intoCaseId: first });
  await caseworker.record(`/${second}/unmerges`, facts.reasoned());
  await caseworker.record(`/${second}/erasures`, facts.reasoned());
  return { first, second };
}

async function ofThePerson(say: Say, facts: MarkedFacts, marks: Marks): Promise<void> {
  await say('/names', { ...facts.circumstance(), name: facts.name() });
  await say('/roles', { ...facts.circumstance(), role: 'lawyer' });
  await say('/notes', { ...facts.circumstance(), text: marks.inProse() });
  const consent = { ...facts.circumstance(), scope: 'dossier', by: 'family', method: marks.next() };
  await say('/consents', consent);
  await say('/consents/withdrawals', { ...facts.circumstance(), scope: 'dossier' });
  await say('/closures', facts.reasoned());
  await say('/reopenings', facts.reasoned());
}

async function ofCustody(say: Say, facts: MarkedFacts, marks: Marks, detentionId: string): Promise<void> {
  const held = (at?: string) => ({ ...facts.circumstance(at), detentionId });
  await say('/arrests', facts.arrest(detentionId));
  await say('/transfers', { ...held(), facility: marks.next() });
  await say('/regime-changes', { ...held(), regime: 'criminal' });
  await say('/custody-confirmations', held());
  await say('/whereabouts', { ...held('2020-01-28'), known: false });
  await say('/whereabouts', { ...held('2020-01-29'), known: true, facility: marks.next() });
  await say('/releases', facts.release(detentionId));
}

async function ofProceedings(say: Say, facts: MarkedFacts, marks: Marks): Promise<void> {
  const [proceedingId, ended, held, putOff, decisionId, appealId] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  await say('/charges', facts.charge(proceedingId));
  await say('/charges', facts.charge(ended));
  await say(`/proceedings/${ended}/terminations`, { ...facts.circumstance(), by: marks.next() });
  await say('/hearings', facts.hearing(held, proceedingId, '2020-01-14'));
  await say('/hearings', facts.hearing(putOff, proceedingId, '2030-01-15'));
  await say(`/hearings/${held}/held`, facts.circumstance('2020-01-14'));
  await say(`/hearings/${putOff}/adjournments`, { ...facts.circumstance(), to: '2031-03-01' });
  await say('/decisions', { ...facts.decision(decisionId), proceedingId });
  await say('/appeals', { ...facts.circumstance(), decisionId, appealId });
  await say(`/appeals/${appealId}/decisions`, { ...facts.circumstance(), outcome: 'upheld' });
}

async function ofPenalties(say: Say, facts: MarkedFacts): Promise<void> {
  const [decisionId, shortened, annulled, paid, withdrawn] = Array.from({ length: 5 }, newId) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await say('/decisions', facts.decision(decisionId));
  for (const penaltyId of [shortened, annulled])
    await say('/sentences', facts.sentence(decisionId, penaltyId));
  for (const penaltyId of [paid, withdrawn]) await say('/fines', facts.fine(decisionId, penaltyId));
  await say(`/penalties/${shortened}/reductions`, facts.reduction({ days: 10 }));
  await say(`/penalties/${paid}/reductions`, facts.reduction({ amount: '300.00' }));
  await say(`/penalties/${annulled}/annulments`, { ...facts.circumstance('2020-02-01'), by: 'review' });
  await say(`/penalties/${withdrawn}/withdrawals`, facts.circumstance('2020-02-01'));
  await say(`/penalties/${paid}/payments`, facts.paid('200.00', 'family'));
  await say(`/penalties/${paid}/refunds`, facts.paid('10.00'));
}

async function ofDueProcess(say: Say, facts: MarkedFacts, detentionId: string): Promise<void> {
  const denialId = newId();
  await say('/counsel-denials', facts.denial(denialId, detentionId));
  await say('/counsel-grants', { ...facts.circumstance('2020-01-20'), denialId, detentionId });
  await say('/conditions', facts.condition(detentionId));
}

async function ofCorrections(say: Say, facts: MarkedFacts, marks: Marks): Promise<void> {
  const detentionId = newId();
  const { events } = await say('/arrests', facts.arrest(detentionId));
  const { eventId } = events[0]!;
  await say('/corrections', { ...facts.reasoned(), eventId, data: facts.arrest(detentionId) });
  const cited = {
    ...facts.circumstance(),
    eventId,
    source: facts.source(),
    agrees: false,
    differs: marks.next(),
  };
  await say('/citations', cited);
  await say('/voids', { ...facts.circumstance(), eventId, reason: 'duplicate' });
}
