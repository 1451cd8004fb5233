import { since, type HistoryEvent, type Recorded } from '../../support/caseworker.js';
import { untilAnswered, type AskingParts } from './asking.js';
import { decision, note, opening, type Command } from './commands.js';
import type { CaseRead, HistoryRead, Sent } from './journal.js';

export interface CallerParts extends AskingParts {
  cases: readonly string[];
}

interface Written {
  revision: number;
  position: string;
}

/** At one operation in so many it turns to another case. */
const STAYS_FOR = 6;
const DECISIONS = 0.1;
/** In this order, up to which throw of the dice it does what. Who has nothing to repeat looks, and who knows no revision reads. */
const COMMANDS = 0.3;
const REPEATS = 0.45;
const LOOKS = 0.55;
const CONDITIONAL_COMMANDS = 0.8;

/** Somebody who works on cases that others work on, too, and asks one thing at a time. */
export class Caller {
  readonly #acknowledged: { command: Command; at: string }[] = [];
  #caseId: string;
  /** The revision at which it has last seen the case it is at, if it is not known to have moved on. */
  #seen: number | undefined;
  /** What it has last written there. */
  #written: Written | undefined;
  #sent = 0;

  constructor(private readonly parts: CallerParts) {
    this.#caseId = this.#anyOf(parts.cases);
  }

  /** One operation, from the first time that it is asked to its answer. */
  async operation(): Promise<void> {
    if (this.#chance(1 / STAYS_FOR)) this.#turnTo(this.#anyOf(this.parts.cases));
    const dice = this.parts.random();
    if (dice < COMMANDS) await this.#carryOut(this.#next());
    else if (dice < REPEATS && this.#acknowledged.length > 0) await this.#repeat();
    else if (dice < LOOKS) await this.look(this.#caseId, this.#chance(0.5) ? this.#written : undefined);
    else if (dice < CONDITIONAL_COMMANDS && this.#seen !== undefined)
      await this.#carryOut({ ...this.#next(), ifRevision: this.#seen });
    else this.#seen = (await this.read(this.#caseId)).seen?.at(-1)?.revision;
  }

  /** Opens a case, and waits until everybody can see it. */
  async open(caseId: string): Promise<void> {
    this.#turnTo(caseId);
    await this.#carryOut(opening(caseId));
    await this.look(caseId, this.#written);
  }

  /** The history. */
  read(caseId: string): Promise<HistoryRead> {
    return untilAnswered<HistoryRead, { items: HistoryEvent[] }>(this.parts, {
      asked: { kind: 'history', caseId },
      ask: (caseworker) => caseworker.get(`/v1/cases/${caseId}/events`),
      understand: ({ items }) => ({ seen: items.map(({ eventId, revision }) => ({ eventId, revision })) }),
    });
  }

  /** The case, from the read model; given something written, at least as it is since. */
  look(caseId: string, written?: Written): Promise<CaseRead> {
    const query = written ? `?${since(written.position)}` : '';
    return untilAnswered<CaseRead, { revision: number; totals: { decisions: number } }>(this.parts, {
      asked: { kind: 'case', caseId, ...(written && { atLeast: written.revision }) },
      ask: (caseworker) => caseworker.get(`/v1/cases/${caseId}${query}`),
      understand: ({ revision, totals: { decisions } }) => ({ shown: { revision, decisions } }),
    });
  }

  async #carryOut(command: Command): Promise<void> {
    const { told, at, position } = await this.#send(command);
    // Whoever is refused reads again before it goes on.
    this.#seen = told?.revision;
    if (!told) return;
    this.#written = { revision: told.revision, position };
    this.#acknowledged.push({ command, at });
  }

  /** What was acknowledged by one process is sent to another one. */
  async #repeat(): Promise<void> {
    const { command, at } = this.#anyOf(this.#acknowledged);
    await this.#send(command, at);
  }

  async #send(command: Command, not?: string): Promise<Sent & { position: string }> {
    const { path, body, ...asked } = command;
    const headers = {
      'idempotency-key': command.key,
      // Stands with each event: by it the history tells which command recorded it.
      'x-correlation-id': command.key,
      ...(command.ifRevision !== undefined && { 'if-match': `"${command.ifRevision}"` }),
    };
    let position = '';
    const sent = await untilAnswered<Sent, Recorded>(this.parts, {
      asked: { kind: 'command', ...asked },
      ask: (caseworker) => caseworker.send(path, body, headers),
      understand: (answer, replayed) => {
        ({ position } = answer);
        const eventIds = answer.events.map(({ eventId }) => eventId);
        return { told: { revision: answer.revision, eventIds, replayed } };
      },
      not,
    });
    return { ...sent, position };
  }

  #next(): Command {
    this.#sent += 1;
    const key = `${this.parts.name}.${this.#sent}`;
    return this.#chance(DECISIONS) ? decision(this.#caseId, key) : note(this.#caseId, key);
  }

  #turnTo(caseId: string): void {
    this.#caseId = caseId;
    this.#seen = undefined;
    this.#written = undefined;
  }

  #chance(likelihood: number): boolean {
    return this.parts.random() < likelihood;
  }

  #anyOf<T>(list: readonly T[]): T {
    return list[Math.floor(this.parts.random() * list.length)]!;
  }
}
