import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { aDesk, type Desk } from '../support/desk.js';
import { eventually } from '../support/eventually.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

/** More than the notary reads again when it starts: a tile of its log. */
const EVENTS = 300;

let desk: Desk;
let service: Service;
let auditor: string;
let caseId: string;

const exported = () => service.request('POST', `/v1/cases/${caseId}/exports`, { key: auditor });

beforeAll(async () => {
  desk = await aDesk();
  service = await startService({ folder: desk.folder });
  const caseworker = await Caseworker.of(service);
  auditor = await service.keyFor('auditor');
  caseId = await caseworker.open();
  const notes = Array.from({ length: EVENTS }, (_, n) =>
    caseworker.record(`/${caseId}/notes`, { text: `note ${n}` }),
  );
  await Promise.all(notes);
  await eventually(async () => expect((await exported()).status).toBe(200));
  await service.close();
}, 120_000);

afterAll(async () => {
  await service.close();
  await desk.clear();
});

it('a case with an event that was altered long ago is not exported, and the answer says why', async () => {
  const events = new DatabaseSync(join(desk.folder, 'data', 'events.db'));
  // With a hash of its own, as somebody writes it who knows what an event looks like.
  const { changes } = events
    .prepare(
      `update events set metadata = replace(metadata, '"leafHash":"', '"leafHash":"A') where position = 2`,
    )
    .run();
  events.close();
  expect(changes).toBe(1);
  service = await startService({ folder: desk.folder });
  await eventually(async () =>
    expect(problemIn(await exported())).toMatchObject({ status: 503, code: 'case-altered' }),
  );
}, 60_000);
