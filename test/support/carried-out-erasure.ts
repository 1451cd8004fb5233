import { expect } from '@jest/globals';
import type { Caseworker } from './caseworker.js';
import { eventually } from './eventually.js';
import { registered } from './principals.js';
import type { Service } from './service.js';

/** Asks for the erasure of a case, has another principal approve it, and waits until it is carried out. */
export async function carriedOutErasure(service: Service, person: Caseworker, caseId: string): Promise<void> {
  await person.record(`/${caseId}/erasures`, { reason: 'asked for' });
  const { key } = await registered(service, 'admin');
  await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`, { key });
  await eventually(async () =>
    expect((await person.history(caseId)).map(({ type }) => type)).toContain('SubjectErased'),
  );
}
