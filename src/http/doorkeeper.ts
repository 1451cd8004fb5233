import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling, once that is known; for the log. */
    principalId: string | null;
  }
}

/** Lets a request in or throws. Asked for every request to a known route, before its body is read. */
export abstract class Doorkeeper {
  abstract admit(request: FastifyRequest): Promise<void>;
  /** Whether it would be let in now, for an answer that goes on; counts as no request, and never throws. */
  abstract wouldAdmit(request: FastifyRequest): Promise<boolean>;
  /** Whether who asks has this role, for a route that says more to some; counts as no request, and never throws. */
  abstract isFor(request: FastifyRequest, role: string): Promise<boolean>;
}
