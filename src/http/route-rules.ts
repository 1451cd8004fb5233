import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { LogRule } from './access-journal.js';

/** Who may call a route: anyone, or a principal with one of the roles. */
export type Policy = { access: 'public' } | { access: 'roles'; roles: readonly string[] };

export interface RouteRules {
  policy?: Policy;
  /** The answer may take longer than the request time-out: event streams. */
  longLived?: boolean;
  readsBody?: boolean;
  /** Takes a form with a file, of whatever size its handler lets in; the time limit of uploads is its own. */
  takesFile?: boolean;
  /** Takes Idempotency-Key and If-Match; said in the API document. */
  command?: boolean;
  /** What is kept on record of its answers; of a command nothing, since what it does is an event. */
  logs?: LogRule | 'refusals';
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteRules {}
}

const RULES = Symbol('habeas:route-rules');

/**
 * Puts rules into the Fastify route's own config, where the edge finds them before the body is read. Several of these
 * on one method add up; `RouteConfig` itself would keep the last one only.
 */
export function routeRules(rules: RouteRules): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const method: object = descriptor.value;
    const merged = {
      ...(Reflect.getMetadata(RULES, method) as RouteRules | undefined),
      ...rules,
      readsBody: takesBody(target.constructor, key),
    };
    Reflect.defineMetadata(RULES, merged, method);
    RouteConfig(merged)(target, key, descriptor);
  };
}

/** The same from a parameter's decorator; those run first, and the method's take it over. */
export function noteRules(target: object, key: string | symbol, rules: RouteRules): void {
  const method = (target as Record<string | symbol, object>)[key];
  if (method)
    Reflect.defineMetadata(
      RULES,
      { ...(Reflect.getMetadata(RULES, method) as RouteRules | undefined), ...rules },
      method,
    );
}

export const LongLived = (): MethodDecorator => routeRules({ longLived: true });

/** Parameter decorators have run by the time a method's decorators do. */
function takesBody(controller: object, key: string | symbol): boolean {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, key) ?? {}) as Record<string, unknown>;
  return Object.keys(args).some((arg) => arg.startsWith(`${RouteParamtypes.BODY}:`));
}
