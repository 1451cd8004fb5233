import type { Caseworker } from '../../support/caseworker.js';
import type { Reply } from '../../support/service.js';
import type { Entry, Journal } from './journal.js';
import { oneOf, type Member } from './members.js';

export interface AskingParts {
  name: string;
  caseworker: Caseworker;
  /** The process that is asked first, as long as it lives. */
  home: Member;
  members: readonly Member[];
  journal: Journal;
  random: () => number;
}

export interface Question<E extends Entry, Answer> {
  /** For the journal. */
  asked: Omit<E, 'caller' | 'at' | 'began'>;
  ask: (caseworker: Caseworker) => Promise<Reply<Answer>>;
  understand: (answer: Answer, replayed: boolean) => Partial<E>;
  /** The process that is not to be asked first. */
  not?: string;
}

/** A register that is well settles everything long before. */
const MOST_ATTEMPTS = 30;

/** Asks the same thing until there is an answer, at home first and then each time elsewhere, and enters it all into the journal. */
export async function untilAnswered<E extends Entry, Answer>(
  { name, caseworker, home, members, journal, random }: AskingParts,
  { asked, ask, understand, not }: Question<E, Answer>,
): Promise<E> {
  let place = oneOf(members, random, { rather: home, not });
  for (let attempt = 1; ; attempt += 1) {
    const entry = journal.begin<E>({ ...asked, caller: name, at: place.name } as Omit<E, 'began'>);
    const reply = await ask(caseworker.at(place.service)).catch(nobodyAnswered);
    if (reply) {
      const { status, headers, body } = reply;
      const replayed = headers.get('idempotency-replayed') === 'true';
      const understood = status < 300 ? understand(body, replayed) : { code: codeIn(body) };
      journal.end(entry, { ...understood, status } as Partial<E>);
    }
    if ((entry.status ?? 503) !== 503 || attempt === MOST_ATTEMPTS) return entry;
    place = oneOf(members, random, { not: place.name });
  }
}

const codeIn = (problem: unknown): unknown => (problem as { code?: unknown } | undefined)?.code;

/** What `fetch` says of a connection that is cut. */
function nobodyAnswered(error: unknown): undefined {
  if ((error as Error).name !== 'TypeError') throw error;
}
