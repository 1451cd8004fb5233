import type { LogRule, ReadType, Shown } from './access-journal.js';
import { routeRules } from './route-rules.js';

/**
 * Every answer of the route is put on record before it leaves: as which kind of read, and, worked out from the answer itself,
 * which cases it shows. A route for principals with neither this nor `@NotLogged`, and no command, stops the boot.
 */
export const Logged =
  <Answer>(type: ReadType, shown: (answer: Answer) => Shown) =>
  (
    target: object,
    key: string | symbol,
    method: TypedPropertyDescriptor<(...args: never[]) => Promise<Answer>>,
  ): void => {
    routeRules({ logs: { type, shown } as LogRule })(target, key, method);
  };

/** The same for an answer that is a stream: the handler gives what is shown to `reply.streamed`, and it is put on record before the first byte. */
export const LoggedStream = (type: ReadType, shown: (answer: never) => Shown): MethodDecorator =>
  routeRules({ logs: { type, shown: shown as LogRule['shown'] } });

/** The answers hold nothing of any case, or nothing but what stands in the change feed. Refusals are put on record all the same. */
export const NotLogged = (): MethodDecorator => routeRules({ logs: 'refusals' });
