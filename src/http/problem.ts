import type { ErrorKind, FieldError } from '../errors.js';

/** RFC 9457. `extra` members stand beside these. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The correlation id. */
  instance: string;
  code: string;
  errors?: readonly FieldError[];
}

interface ProblemType {
  status: number;
  title: string;
}

/** The one place where a kind of failure becomes an HTTP status. */
export const PROBLEMS: Readonly<Record<ErrorKind, ProblemType>> = {
  malformed: { status: 400, title: 'The request is malformed' },
  unauthenticated: { status: 401, title: 'Who is calling is not known' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  absent: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'The method is not for this path' },
  refused: { status: 409, title: 'The present state forbids it' },
  stale: { status: 412, title: 'The state has moved on' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The body is of another type than this takes' },
  semantic: { status: 422, title: 'The request is well formed but makes no sense' },
  too_many: { status: 429, title: 'The caller asks too often' },
  unavailable: { status: 503, title: 'The service cannot do this at the moment' },
  outcome_unknown: { status: 503, title: 'It is not known whether this was carried out' },
  storage_full: { status: 507, title: 'There is no room left to store this' },
};

/** Failures that only the edge knows: they are about HTTP itself. */
export const EDGE_PROBLEMS = {
  'request-timeout': { status: 408, title: 'The request came too slowly' },
  'path-too-long': { status: 414, title: 'The path is too long' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
} as const satisfies Readonly<Record<string, ProblemType>>;

export type EdgeProblem = keyof typeof EDGE_PROBLEMS;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Stable: clients may compare it. */
const problemType = (code: string): string => `urn:habeas:problem:${code}`;

export function problem(
  type: ProblemType,
  code: string,
  detail: string,
  instance: string,
  more: { errors?: readonly FieldError[]; extra?: Readonly<Record<string, unknown>> } = {},
): Problem {
  return {
    ...more.extra,
    type: problemType(code),
    title: type.title,
    status: type.status,
    detail,
    instance,
    code,
    ...(more.errors && { errors: more.errors }),
  };
}
