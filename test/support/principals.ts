import type { Role } from '../../src/security/roles.js';
import type { Service } from './service.js';

/** Somebody with an id that cases can be restricted to. */
export interface Registered {
  principalId: string;
  key: string;
}

/** One more principal at the service. */
export async function registered(service: Service, ...roles: Role[]): Promise<Registered> {
  const person = await service.request<{ principalId: string }>('POST', '/v1/principals', {
    body: { label: 'somebody', roles },
  });
  const { principalId } = person.body;
  return { principalId, key: await keyOf(service, principalId) };
}

/** One more key of the same principal. */
export async function keyOf(service: Service, principalId: string): Promise<string> {
  const issued = await service.request<{ key: string }>('POST', '/v1/keys', { body: { principalId } });
  return issued.body.key;
}
