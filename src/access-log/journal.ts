import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { HabeasError } from '../errors.js';
import type { AccessJournal, LogRule, RefusedAnswer } from '../http/access-journal.js';
import { purposeIn } from '../http/purpose.js';
import { ExfiltrationBrake } from './brake/exfiltration-brake.js';
import { OncePerMinute } from './once-per-minute.js';
import { AccessLog } from './writing/access-log.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MEMBERS = ['caseId', 'intoCaseId'];
/** What is refused without limit, since it is the limit. */
const ENDLESS = 'rate-limited';

/** Puts on record what leaves the service, and stops who takes too much of it. */
@Injectable()
export class Journal implements AccessJournal {
  readonly #sparingly: OncePerMinute;

  constructor(
    private readonly log: AccessLog,
    private readonly brake: ExfiltrationBrake,
    clock: Clock,
  ) {
    this.#sparingly = new OncePerMinute(clock);
  }

  async shown(request: FastifyRequest, { type, shown }: LogRule, answer: unknown): Promise<void> {
    const { cases, fields, evidenceId } = shown(answer);
    const by = occasion(request);
    if (fields === 'all' || fields === 'person') {
      const ids = cases.map(({ caseId }) => caseId);
      await this.brake.pass(by.principalId, ids, by.correlationId);
    }
    const ids = cases.flatMap(({ caseId, mergedFrom = [] }) => [caseId, ...mergedFrom]);
    await this.log.write({
      ...by,
      type,
      fields,
      caseIds: [...new Set([...askedFor(request), ...ids])],
      ...(evidenceId === undefined ? {} : { evidenceId }),
    });
  }

  async refused(request: FastifyRequest, { status, code }: RefusedAnswer): Promise<void> {
    const caseIds = askedFor(request);
    const by = occasion(request);
    const write = () => this.log.write({ ...by, type: 'AccessRefused', status, code, caseIds });
    await (code === ENDLESS ? this.#sparingly.do(by.principalId, write) : write());
  }
}

function occasion(request: FastifyRequest) {
  const { principalId, id: correlationId, method, routeOptions } = request;
  if (principalId === null) throw new Error('somebody unknown was let in');
  const purpose = readablePurpose(request);
  return {
    principalId,
    correlationId,
    route: `${method} ${routeOptions.url}`,
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** Who is refused at the door has not had the header checked; it is no reason to leave the refusal out. */
function readablePurpose(request: FastifyRequest): string | undefined {
  try {
    return purposeIn(request);
  } catch (error) {
    if (error instanceof HabeasError) return undefined;
    throw error;
  }
}

/** The ids of the cases that a request names. Anything else that stands in their place is a caller's text, and left out. */
function askedFor({ params, query, body }: FastifyRequest): string[] {
  const named = [params, query, body].flatMap((part) =>
    typeof part === 'object' && part !== null
      ? MEMBERS.map((member) => (part as Record<string, unknown>)[member])
      : [],
  );
  return [...new Set(named.filter((id) => typeof id === 'string' && UUID.test(id)))] as string[];
}
