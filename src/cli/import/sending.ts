import type { CommandAnswer } from '../../cases/commands/case-command.js';
import { ApiProblem, type Api } from '../api.js';
import { CommandFailure } from '../failure.js';
import type { ImportLine, LineFault } from './import-line.js';
import { namedEvent, resolved, type FileIds } from './references.js';
import { OPENING, pathFor } from './routes.js';

export interface Outcome {
  recorded: number;
  /** Lines that an earlier run had recorded. */
  repeated: number;
  refused: LineFault[];
  /** The latest that a line was answered with; a query with it as `minPosition` sees all of them. Empty if there was none. */
  position: string;
}

const CASES_AT_ONCE = 16;

/**
 * Sends the lines, those of one case in order. A line that the service refuses ends its case only: the later ones of that case
 * may stand on it. Throws when the service is gone; another run goes on from there.
 */
export class Sending {
  readonly #outcome: Outcome = { recorded: 0, repeated: 0, refused: [], position: '' };
  #interrupted = false;

  constructor(
    private readonly api: Pick<Api, 'command'>,
    private readonly ids: FileIds,
    private readonly onLine: () => void,
  ) {}

  async send(lines: readonly ImportLine[]): Promise<Outcome> {
    const cases = Map.groupBy(lines, ({ label }) => label).values();
    const lanes = await Promise.allSettled(
      Array.from({ length: CASES_AT_ONCE }, () => this.#sendCases(cases)),
    );
    for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
    this.#outcome.refused.sort((a, b) => a.line - b.line);
    return this.#outcome;
  }

  /** The lanes share one iterator: each takes the next case that nobody has taken. */
  async #sendCases(cases: Iterable<readonly ImportLine[]>): Promise<void> {
    try {
      for (const ofCase of cases) await this.#sendCase(ofCase);
    } catch (error) {
      this.#interrupted = true;
      throw error;
    }
  }

  async #sendCase(lines: readonly ImportLine[]): Promise<void> {
    const events = new Map<string, string>();
    for (const [place, line] of lines.entries()) {
      if (this.#interrupted) return;
      const answer = await this.#sendLine(line, events);
      this.onLine();
      if (answer === undefined) {
        const skipped = lines.slice(place + 1);
        skipped.forEach(this.onLine);
        const reason = `not sent, because line ${line.line} of this case was refused`;
        this.#outcome.refused.push(...skipped.map((later) => ({ line: later.line, reason })));
        return;
      }
      const named = namedEvent(answer.events);
      if (line.as !== undefined && named) events.set(line.as, named.eventId);
    }
  }

  /** Undefined if the line was refused. */
  async #sendLine(line: ImportLine, events: ReadonlyMap<string, string>): Promise<CommandAnswer | undefined> {
    const resolve = (reference: string): string =>
      events.get(reference) ?? this.ids.made('id', line.label, reference);
    const caseId = this.ids.caseId(line.label);
    const path = pathFor(line.route, { ...resolved(line.ids, resolve), caseId });
    const body = { ...(line.route.name === OPENING && { caseId }), ...resolved(line.body, resolve) };
    try {
      const answer = await this.api.command<CommandAnswer>(path, body, this.ids.idempotencyKey(line.line));
      if (answer.headers.get('idempotency-replayed') === 'true') this.#outcome.repeated += 1;
      else this.#outcome.recorded += 1;
      if (answer.body.position > this.#outcome.position) this.#outcome.position = answer.body.position;
      return answer.body;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw interrupted(line, String(error));
      if (error.status >= 500 || error.status === 401 || error.status === 403)
        throw interrupted(line, error.message);
      this.#outcome.refused.push({ line: line.line, reason: `${error.message} (${error.code})` });
      return undefined;
    }
  }
}

const interrupted = ({ line }: ImportLine, reason: string): CommandFailure =>
  new CommandFailure(`interrupted at line ${line}: ${reason}\nThe same command again completes the import.`);
