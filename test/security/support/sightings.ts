import { Caseworker, since } from '../../support/caseworker.js';
import type { FixedClock } from '../../support/fixed-clock.js';
import type { RequestOptions, Service } from '../../support/service.js';
import { registered } from '../../support/principals.js';
import type { Caller } from './callers.js';
import { askedBy, saidOfCase } from './doors.js';

const NAME = 'Zmicier Kazloŭski';
/** What is known is settled after five seconds. */
const SETTLED_AFTER_SECONDS = 10;

/** A case that every list and every search would have, were it not restricted to the holder of the key. */
export interface RestrictedCase {
  caseId: string;
  namedKey: string;
  /** Of a case of the same name that is not restricted. */
  namesakeId: string;
  position: string;
  /** RFC 3339: before it was restricted, and settled. */
  openUntil: string;
}

/** On 27 January 2020: somebody is serving a sentence, and has a hearing in February. */
export async function restrictedCase(service: Service, clock: FixedClock): Promise<RestrictedCase> {
  const named = await registered(service, 'caseworker');
  const worker = Caseworker.with(service, named.key);
  const caseId = await worker.open(NAME);
  await worker.record(`/${caseId}/arrests`, { at: '2020-01-25' });
  await worker.record(`/${caseId}/sentences`, { at: '2020-01-26', days: 15 });
  const { proceedingId } = (await worker.record(`/${caseId}/charges`, { at: '2020-01-26' })).ids;
  await worker.record(`/${caseId}/hearings`, { proceedingId, at: '2020-02-03' });
  const namesakeId = await (await Caseworker.of(service)).open(NAME);
  const openUntil = clock.now().toISOString();
  clock.forward(SETTLED_AFTER_SECONDS);
  const restriction = { to: [named.principalId], reason: 'threats' };
  const { position } = await worker.record(`/${caseId}/restrictions`, restriction);
  return { caseId, namedKey: named.key, namesakeId, position, openUntil };
}

/** A question whose answer may tell of the case. */
export interface Question extends Pick<RequestOptions, 'body'> {
  method: string;
  /** The route, and what matters of the question. */
  name: string;
  path: string;
}

export function questionsAbout(restricted: RestrictedCase): Question[] {
  const { caseId, namesakeId, position, openUntil } = restricted;
  const fresh = since(position);
  const named = encodeURIComponent(NAME);
  const get = (name: string, path: string): Question => ({ method: 'GET', name, path });
  const before = `knownAt=${encodeURIComponent(openUntil)}`;
  const period = 'from=2020-01-01&to=2020-12-31';
  return [
    get('/v1/cases', `/v1/cases?limit=200&${fresh}`),
    get('/v1/cases?name=', `/v1/cases?name=${named}&${fresh}`),
    get('/v1/cases?knownAt=, before it was restricted', `/v1/cases?${before}`),
    get('/v1/cases?knownAt=&name=, before it was restricted', `/v1/cases?${before}&name=${named}`),
    { method: 'POST', name: '/v1/cases/search', path: '/v1/cases/search', body: { minPosition: position } },
    {
      method: 'POST',
      name: '/v1/cases/search, by name',
      path: '/v1/cases/search',
      body: { name: NAME, minPosition: position },
    },
    get('/v1/cases/:caseId', `/v1/cases/${caseId}?${fresh}`),
    get('/v1/cases/:caseId?knownAt=, before it was restricted', `/v1/cases/${caseId}?${before}`),
    get('/v1/cases/:caseId/events', `/v1/cases/${caseId}/events`),
    get('/v1/cases/:caseId/replay', `/v1/cases/${caseId}/replay`),
    get('/v1/cases/:caseId/similar, of a namesake', `/v1/cases/${namesakeId}/similar?${fresh}`),
    get('/v1/hearings', `/v1/hearings?${period}&${fresh}`),
    get('/v1/releases/expected', `/v1/releases/expected?${period}&${fresh}`),
    get('/v1/events', '/v1/events'),
  ];
}

/** Whether the case is in the answer; or that there is no such thing, or the refusal. */
export async function sighted(
  service: Service,
  question: Question,
  caseId: string,
  caller: Caller,
): Promise<string> {
  const reply = await askedBy(caller, service, question);
  if (reply.status === 200) return reply.text.includes(caseId) ? 'shown' : 'not shown';
  return saidOfCase(question.method, reply);
}
