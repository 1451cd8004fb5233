/** What the work gives, done when it is first asked for and never again. */
export function once<T>(work: () => T): () => T {
  let done: { result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}
