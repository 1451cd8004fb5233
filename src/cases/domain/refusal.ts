/**
 * What kind of no it is; the edge turns it into a status.
 * `refused`: the case's state forbids it. `malformed`: no case could take it. `semantic`: well formed, but it names nothing known to the law.
 */
export type RefusalKind = 'refused' | 'malformed' | 'semantic';

/** A command that the domain does not take. `code` is stable; `pointer` is the field at fault, as in `/body/days`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    readonly pointer?: string,
    /** Members to show beside the detail, such as the survivor of a merged case. */
    readonly extra?: Readonly<Record<string, string>>,
  ) {
    super(message);
  }
}
