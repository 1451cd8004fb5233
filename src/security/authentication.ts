import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HabeasError } from '../errors.js';
import type { Doorkeeper } from '../http/doorkeeper.js';
import type { Policy } from '../http/route-rules.js';
import { Credentials } from './credentials.js';
import { FailedCredentials } from './limits/failed-credentials.js';
import { RequestRate } from './limits/request-rate.js';
import type { Principal, Role } from './roles.js';

type RolesPolicy = Exclude<Policy, { access: 'public' }>;

const BEARER = /^Bearer +([^\s]+) *$/i;

/** The door of every route that is not public. Nothing but the header `Authorization` is looked at: a cookie opens nothing. */
@Injectable()
export class Authentication implements Doorkeeper {
  constructor(
    private readonly credentials: Credentials,
    private readonly failures: FailedCredentials,
    private readonly rate: RequestRate,
  ) {}

  /** Sets `request.principal`, or throws `unauthenticated`, `too_many` or `forbidden`. Meant to run before the body is read. */
  async admit(request: FastifyRequest): Promise<void> {
    const { policy } = request.routeOptions.config;
    if (request.is404 || policy?.access === 'public') return;
    const principal = await this.#identify(request);
    request.principal = principal;
    request.principalId = principal.principalId;
    await this.rate.spend(principal.principalId);
    if (!isFor(principal, policy)) {
      throw new HabeasError(
        'forbidden',
        'role-missing',
        `this takes the role ${policy?.roles.join(' or ') ?? 'of nobody'}`,
      );
    }
  }

  async wouldAdmit(request: FastifyRequest): Promise<boolean> {
    const { policy } = request.routeOptions.config;
    return policy?.access === 'public' || (await this.#isNow(request, policy));
  }

  isFor(request: FastifyRequest, role: Role): Promise<boolean> {
    return this.#isNow(request, { access: 'roles', roles: [role] });
  }

  async #isNow({ headers }: FastifyRequest, policy: RolesPolicy | undefined): Promise<boolean> {
    const text = bearerIn(headers.authorization);
    if (text === undefined) return false;
    try {
      const { principal } = await this.credentials.recognise(text);
      return principal !== undefined && isFor(principal, policy);
    } catch {
      return false;
    }
  }

  async #identify({ headers: { authorization }, ip }: FastifyRequest): Promise<Principal> {
    if (authorization === undefined) {
      throw new HabeasError(
        'unauthenticated',
        'credential-missing',
        'send Authorization: Bearer <API key or access token>',
      );
    }
    const text = bearerIn(authorization);
    const { principal, keyId } = text === undefined ? {} : await this.credentials.recognise(text);
    if (principal) return principal;
    await this.failures.hold(ip, keyId);
    // One answer for every reason: what is wrong with a credential is told to nobody who does not have it.
    throw new HabeasError(
      'unauthenticated',
      'credential-invalid',
      'the API key or access token is unknown, expired or revoked',
    );
  }
}

const bearerIn = (authorization: string | undefined): string | undefined =>
  BEARER.exec(authorization ?? '')?.[1];

const isFor = (principal: Principal, policy: RolesPolicy | undefined): boolean =>
  policy?.roles.some((role) => principal.roles.some((own) => own === role)) ?? false;
