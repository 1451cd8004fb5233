import { type HttpClient } from '../harness/http-client.js';
import { ordinaryCase } from '../rebuild-facts.js';

interface Recorded {
  caseId: string;
  position: string;
  ids: Record<string, string>;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2000, 0, 1);
/** From the arrest of one episode to the next; each is over by then. */
const EPISODE_DAYS = 60;

export interface LongCase {
  caseId: string;
  facts: number;
  /** To be passed as `minPosition`. */
  position: string;
  /** Any day from before the first fact to after the last. */
  randomDay(): string;
}

const dayOf = (days: number): string => new Date(FIRST_DAY + days * DAY_MS).toISOString().slice(0, 10);

/** Somebody who is arrested, tried, sentenced, fined and released again and again, recorded over HTTP fact by fact. */
export async function recordLongCase(caseworker: HttpClient, facts: number): Promise<LongCase> {
  const [opened] = ordinaryCase(0);
  const { caseId, ...first } = await caseworker.post<Recorded>('/v1/cases', {
    ...opened?.data,
    at: dayOf(0),
  });
  let recorded = 1;
  let { position } = first;
  let episode = 0;
  for (; recorded < facts; episode++) {
    const send = async (path: string, day: number, body: object): Promise<Record<string, string>> => {
      if (recorded >= facts) return {};
      const at = dayOf(episode * EPISODE_DAYS + day);
      const sources = [
        { citation: `Chronicle, episode ${episode}`, kind: 'organisation', confidential: false },
      ];
      const answer = await caseworker.post<Recorded>(`/v1/cases/${caseId}${path}`, { ...body, at, sources });
      recorded++;
      ({ position } = answer);
      return answer.ids;
    };
    const { detentionId } = await send('/arrests', 1, { facility: 'Akrestsina', place: { region: 'BY-HM' } });
    await send('/counsel-denials', 1, { detentionId, duration: { atLeastHours: 24 } });
    const { proceedingId } = await send('/charges', 2, { kind: 'administrative', detentionId });
    const { hearingId } = await send('/hearings', 3, {
      proceedingId,
      court: 'Court of the Central District',
    });
    await send(`/hearings/${hearingId ?? ''}/held`, 3, { counselPresent: false });
    const { decisionId } = await send('/decisions', 3, { proceedingId, outcome: 'penalised' });
    await send('/sentences', 3, { decisionId, proceedingId, days: 10 + (episode % 6), runs: 'consecutive' });
    await send('/fines', 3, { decisionId, proceedingId, baseUnits: 20 });
    await send('/conditions', 4, { detentionId, kind: 'no_food', hours: 12, reportedBy: 'family' });
    await send('/releases', 12, { detentionId, basis: 'early', conditional: false });
  }
  const lastDay = episode * EPISODE_DAYS;
  return {
    caseId,
    facts: recorded,
    position,
    randomDay: () => dayOf(Math.floor(Math.random() * (lastDay + 2 * EPISODE_DAYS)) - EPISODE_DAYS),
  };
}
