import { HttpException } from '@nestjs/common';
import { HabeasError, type ErrorKind } from '../errors.js';
import { EDGE_PROBLEMS, problem, PROBLEMS, type EdgeProblem, type Problem } from './problem.js';

export interface Answer {
  problem: Problem;
  retryAfterSeconds?: number;
  hidesWhy?: boolean;
  /** Where someone must look. */
  place?: HabeasError['details']['place'];
  /** True when nothing is known about the error: someone should look at it. */
  unknown?: boolean;
}

/** What Fastify says before a route is reached, in our own words: its messages quote the request. */
const FASTIFY_ERRORS: Readonly<Record<string, readonly [kind: ErrorKind, code: string, detail: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'body-too-large', 'the body is larger than 256 KiB'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'not-json', 'send the body as application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed',
    'wrong-content-length',
    'the body is not as long as its header says',
  ],
  FST_ERR_BAD_URL: ['malformed', 'malformed-url', 'the path is not a valid URL'],
};

const KIND_OF_STATUS = new Map(
  (Object.keys(PROBLEMS) as ErrorKind[])
    .filter((kind) => kind !== 'outcome_unknown')
    .map((kind) => [PROBLEMS[kind].status, kind]),
);

/** Turns whatever was thrown into the answer. `changes`: the request would change something, so a time-out leaves its outcome open. */
export function problemOf(thrown: unknown, correlationId: string, changes: boolean): Answer {
  // Nest wraps what Fastify throws.
  const error = thrown instanceof HttpException && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (error instanceof HabeasError) {
    const { errors, extra, retryAfterSeconds, hidesWhy, place } = error.details;
    return {
      problem: problem(PROBLEMS[error.kind], error.code, error.message, correlationId, { errors, extra }),
      retryAfterSeconds,
      hidesWhy,
      place,
    };
  }
  if (isRefusal(error)) {
    const errors =
      error.pointer === undefined ? undefined : [{ pointer: error.pointer, message: error.message }];
    return {
      problem: problem(PROBLEMS[error.kind], error.code, error.message, correlationId, {
        errors,
        extra: error.extra,
      }),
    };
  }
  return ofFramework(error, correlationId, changes);
}

function ofFramework(error: unknown, correlationId: string, changes: boolean): Answer {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? FASTIFY_ERRORS[code] : undefined;
  if (known) return { problem: problem(PROBLEMS[known[0]], known[1], known[2], correlationId) };
  if (code === 'FST_ERR_MAX_PARAM_LENGTH')
    return edge('path-too-long', 'a part of the path is too long', correlationId);
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return timedOut(correlationId, changes);

  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const kind = typeof status === 'number' && status < 500 ? KIND_OF_STATUS.get(status) : undefined;
  if (kind)
    return {
      problem: problem(PROBLEMS[kind], kind.replaceAll('_', '-'), PROBLEMS[kind].title, correlationId),
    };
  return {
    ...edge('internal-error', 'give the correlation id to whoever runs this service', correlationId),
    unknown: true,
  };
}

function timedOut(correlationId: string, changes: boolean): Answer {
  const answer = changes
    ? problem(
        PROBLEMS.outcome_unknown,
        'outcome-unknown',
        'this took too long; repeat it with the same Idempotency-Key',
        correlationId,
      )
    : problem(PROBLEMS.unavailable, 'timed-out', 'this took too long', correlationId);
  return { problem: answer, retryAfterSeconds: 1 };
}

export function edge(code: EdgeProblem, detail: string, correlationId: string): Answer {
  return { problem: problem(EDGE_PROBLEMS[code], code, detail, correlationId) };
}

/** The domain's own no. It is known by its shape: this room imports no feature. */
interface Refusal {
  kind: ErrorKind;
  code: string;
  message: string;
  pointer?: string;
  extra?: Readonly<Record<string, unknown>>;
}

function isRefusal(error: unknown): error is Refusal {
  if (!(error instanceof Error) || error.name !== 'Refusal') return false;
  const { kind, code } = error as Partial<Refusal>;
  return typeof code === 'string' && typeof kind === 'string' && Object.hasOwn(PROBLEMS, kind);
}
