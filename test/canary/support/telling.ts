import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import type { WatchedService } from './watched-service.js';
import { filesIn } from './written.js';

/** Makes a webhook whose receiver is not there, waits until that shows, and looks for its secret on the disk. */
export async function tellElsewhere(watched: WatchedService): Promise<void> {
  const { marks } = watched;
  const [label, path] = [`${marks.next()} ${marks.next()}`, marks.latin()];
  const body = { url: `http://127.0.0.1:1/${path}?key=${marks.latin()}`, label };
  const { status, body: made } = await watched.service.request<{ secret: string }>('POST', '/v1/webhooks', {
    body,
  });
  expect(status).toBe(201);
  await watched.caseworker.open(marks.next());
  await eventually(async () => {
    const { text } = await watched.service.request('GET', '/v1/webhooks');
    expect(text).toContain('not-reached');
    expect(marks.in(text)).toHaveLength(4);
  });
  const secret = Buffer.from(made.secret.slice('whsec_'.length), 'base64');
  for (const file of filesIn(watched.installation.dataDir)) {
    const bytes = await readFile(file);
    expect([file, bytes.includes(secret), bytes.includes(made.secret)]).toEqual([file, false, false]);
  }
}
