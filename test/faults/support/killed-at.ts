/** Where a process is killed on its way through an erasure. */
export const STEPS = [
  'before the list',
  'after the list',
  'before the key',
  'after the key',
  'before the certificate',
  'after the certificate',
] as const;
export type Step = (typeof STEPS)[number];

type Part = 'list' | 'key' | 'certificate';
/** A method, and whether a call of it, told by its first argument, is the one that is meant. */
type Call = [of: object, method: string, isMeant: (first: unknown) => boolean];

/** Has this process killed, as by `kill -9`, when it comes to the step: nothing after it is done, and nothing is put in order. */
export function killedAt(step: Step, calls: Record<Part, Call>): void {
  const [when, , part] = step.split(' ') as ['before' | 'after', 'the', Part];
  const [of, method, isMeant] = calls[part];
  killAround(of, method, when, isMeant);
}

/** The same at the nth call of a method, whatever it is called with. */
export function dieAtCall(of: object, method: string, when: 'before' | 'after', nth: number): void {
  let calls = 0;
  killAround(of, method, when, () => (calls += 1) === nth);
}

function killAround(
  of: object,
  method: string,
  when: 'before' | 'after',
  isMeant: (first: unknown) => boolean,
): void {
  const there = of as Record<string, (...args: unknown[]) => unknown>;
  const real = there[method];
  if (!real) throw new Error(`there is no ${method}`);
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  there[method] = function wrapped(this: unknown, ...args: unknown[]): unknown {
    if (!isMeant(args[0])) return real.apply(this, args);
    if (when === 'before') die();
    const done = real.apply(this, args);
    return done instanceof Promise ? done.finally(die) : die();
  };
}
