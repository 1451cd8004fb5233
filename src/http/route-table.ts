import type { RouteOptions } from 'fastify';
import type { RouteRules } from './route-rules.js';

export interface Route {
  method: string;
  /** As registered: `/v1/keys/:keyId`. */
  path: string;
  rules: RouteRules;
}

/** Every route that Fastify serves, whoever registered it. */
export class RouteTable {
  readonly #routes: Route[] = [];

  get routes(): readonly Route[] {
    return this.#routes;
  }

  /** For Fastify's `onRoute` hook. Refuses a route without a policy, or that may show cases off the record, which stops the boot. */
  readonly add = ({ method, url, config }: RouteOptions): void => {
    const rules: RouteRules = config ?? {};
    for (const one of [method].flat()) {
      if (rules.policy === undefined)
        throw new Error(`the route ${one} ${url} has no policy: give it @Allow or @Public`);
      if (rules.policy.access === 'roles' && rules.command !== true && rules.logs === undefined)
        throw new Error(
          `the route ${one} ${url} says nothing of the access log: give it @Logged or @NotLogged`,
        );
      this.#routes.push({ method: one, path: url, rules });
    }
  };

  /** The methods that a path answers to; none if it is no path of ours. */
  methodsOf(path: string): string[] {
    const segments = path.split('/');
    const methods = this.#routes
      .filter((route) => matches(route.path.split('/'), segments))
      .map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}

function matches(template: readonly string[], path: readonly string[]): boolean {
  return (
    template.length === path.length &&
    template.every((part, i) => (part.startsWith(':') ? path[i] !== '' : part === path[i]))
  );
}
