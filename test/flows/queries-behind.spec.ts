import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Caseworker, since } from '../support/caseworker.js';
import { problemIn } from '../support/problem.js';
import { startService } from '../support/service.js';

it('a caller that waits for its own write is told when the read model does not get there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-test-'));
  const whole = await startService({ folder });
  const caseworker = await Caseworker.of(whole);
  const caseId = await caseworker.open();
  await whole.close();

  const withoutProjector = await startService({ folder, env: { HABEAS_ROLES: 'api' } });
  const alone = caseworker.at(withoutProjector);
  const { position } = await alone.record(`/${caseId}/notes`, { text: 'not seen yet' });
  const reply = await alone.get(`/v1/cases/${caseId}?${since(position)}`);
  expect(problemIn(reply)).toMatchObject({ status: 503, code: 'read-model-behind' });
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  // What is asked of the streams themselves is never behind.
  expect(await alone.history(caseId)).toHaveLength(2);

  await withoutProjector.close();
  await rm(folder, { recursive: true, force: true });
});
