import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HabeasError } from '../errors.js';
import type { Principal } from './roles.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook on every route that is not public. */
    principal: Principal | null;
  }
}

/** `@CurrentPrincipal() principal: Principal` gives the caller of a route with `@Allow`. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null)
    throw new HabeasError('unauthenticated', 'credential-missing', 'no credential');
  return request.principal;
}
