import type { CommandEnvelope } from '../../security/command-envelope.js';
import { RecordInCase } from '../../cases/commands/case-command.js';
import type { RecordedFact } from '../../cases/domain/facts/facts.js';
import { decide } from '../../cases/domain/decide/decide.js';
import { evolve, fold, type CaseFile } from '../../cases/domain/file/case-file.js';
import type { Law } from '../../cases/domain/law/law.js';
import { Refusal } from '../../cases/domain/refusal.js';
import { faultsOf } from '../../cases/http/check-command.js';
import type { ImportLine, LineFault } from './import-line.js';
import { isUuid, namedEvent, resolved, type FileIds } from './references.js';
import { OPENING } from './routes.js';

/** The service takes no larger body. */
const MOST_BODY_BYTES = 256 * 1024;
const NOBODY: CommandEnvelope = {
  principalId: 'rehearsal',
  roles: ['caseworker'],
  correlationId: 'rehearsal',
};

interface RehearsedCase {
  /** Undefined for a case that the register has already: what stands in it only the service knows. */
  file: CaseFile | undefined;
  events: Map<string, string>;
}

/** `/body/days: must be …` as the reader of this kind of file knows the place. */
export type NamePlace = (pointer: string) => string;

/**
 * Goes through a file without the service, by the same rules: every body is held to its class, and in the cases that the file
 * opens every fact is decided on those before it. What it lets pass in such a case, the service takes.
 */
export class Rehearsal {
  readonly #cases = new Map<string, RehearsedCase>();

  constructor(
    private readonly ids: FileIds,
    private readonly law: Law,
    /** RFC 3339 in UTC with milliseconds. */
    private readonly now: string,
    private readonly placeName: NamePlace,
  ) {}

  faultsIn(lines: readonly ImportLine[]): LineFault[] {
    return lines.flatMap((line) => this.#reasons(line).map((reason) => ({ line: line.line, reason })));
  }

  #reasons(line: ImportLine): string[] {
    try {
      return this.#play(line);
    } catch (error) {
      if (error instanceof Reason) return [error.message];
      if (error instanceof Refusal) return [this.#told(error.pointer, error.message)];
      throw error;
    }
  }

  #told(pointer: string | undefined, message: string): string {
    const place = pointer === undefined ? '' : this.placeName(pointer);
    return place === '' ? message : `${place}: ${message}`;
  }

  #play(line: ImportLine): string[] {
    const rehearsed = this.#caseOf(line);
    const resolve = (reference: string): string => this.#resolve(line, rehearsed, reference);
    const body = resolved(line.body, resolve);
    if (line.route.name === OPENING && 'caseId' in body)
      throw new Reason('caseId: the label of the case may be its id instead');
    if (Buffer.byteLength(JSON.stringify(body)) > MOST_BODY_BYTES) throw new Reason('is longer than 256 KiB');
    const caseId = this.ids.caseId(line.label);
    const ids = { ...resolved(line.ids, resolve), caseId };
    const faults = faultsOf({ route: line.route, ids }, body);
    if (faults.length > 0) return faults.map(({ pointer, message }) => this.#told(pointer, message));

    const message = line.route.message(ids, body, NOBODY);
    const events = message instanceof RecordInCase ? this.#decide(line, rehearsed, message, caseId) : [];
    // In a case that the service knows better there are no events to name yet, but a name all the same.
    const named = namedEvent(events)?.eventId ?? this.ids.made('event', line.line, 0);
    if (line.as !== undefined) rehearsed.events.set(line.as, named);
    return [];
  }

  /** A case is opened by its first line, unless the label is the id of one. */
  #caseOf({ label, route }: ImportLine): RehearsedCase {
    const known = this.#cases.get(label);
    if (known) return known;
    const opened = route.name === OPENING;
    if (!opened && !isUuid(label))
      throw new Reason(`nothing has opened the case ${JSON.stringify(label)} before this line`);
    const fresh: RehearsedCase = { file: opened ? fold([]) : undefined, events: new Map() };
    this.#cases.set(label, fresh);
    return fresh;
  }

  #resolve({ label }: ImportLine, { events }: RehearsedCase, reference: string): string {
    if (reference.startsWith('$')) return this.ids.made('id', label, reference);
    const eventId = events.get(reference);
    if (eventId === undefined)
      throw new Reason(`${reference} is not the "as" of an earlier line of this case`);
    return eventId;
  }

  #decide(
    { line }: ImportLine,
    rehearsed: RehearsedCase,
    { command }: RecordInCase,
    caseId: string,
  ): RecordedFact[] {
    if (!rehearsed.file) return [];
    const facts = decide(rehearsed.file, command, {
      newId: (purpose) => this.ids.made('made', line, purpose),
      recordedAt: this.now,
      by: { principalId: NOBODY.principalId, isAdmin: false },
      law: this.law,
    });
    const recorded: RecordedFact[] = [];
    for (const [place, fact] of facts.entries()) {
      const revision: number = rehearsed.file.revision + 1;
      const event = {
        ...fact,
        eventId: this.ids.made('event', line, place),
        caseId,
        revision,
        recordedAt: this.now,
        recordedBy: NOBODY.principalId,
      };
      recorded.push(event);
      rehearsed.file = evolve(rehearsed.file, event);
    }
    return recorded;
  }
}

/** Why a line cannot be taken, in words that need no place. */
class Reason extends Error {}
