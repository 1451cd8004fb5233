/** What kind of failure it is. Only the edge knows which HTTP status each becomes. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'absent'
  | 'method_not_allowed'
  | 'refused'
  | 'stale'
  | 'too_large'
  | 'unsupported_media_type'
  | 'semantic'
  | 'too_many'
  | 'unavailable'
  | 'outcome_unknown'
  | 'storage_full';

export interface FieldError {
  /** A JSON pointer into the request: `/body/days`, `/query/asOf`, `/headers/if-match`. */
  pointer: string;
  message: string;
}

/** The base of every error that a caller may be told about. Anything else is answered with the correlation id alone. */
export class HabeasError extends Error {
  override readonly name: string = 'HabeasError';

  constructor(
    readonly kind: ErrorKind,
    /** Stable, in kebab case; the problem type is made of it. */
    readonly code: string,
    message: string,
    readonly details: {
      errors?: readonly FieldError[];
      retryAfterSeconds?: number;
      /** Several causes are told alike, and not by how soon the answer comes either. */
      hidesWhy?: boolean;
      extra?: Readonly<Record<string, unknown>>;
      /** Where someone must look: ids and numbers. It is logged, and not answered. */
      place?: Readonly<{ stream: string; revision: number; position: string }>;
    } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
