import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, type Recorded, type Refused } from '../support/caseworker.js';
import { startService, type Service } from '../support/service.js';

let folder: string;
let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-test-'));
  service = await startService({ folder });
  caseworker = await Caseworker.of(service);
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const head = (): Promise<string | undefined> => service.app.get(EventStore).head();
const withKey = (key: string): Record<string, string> => ({ 'idempotency-key': key });
const PERSON = { person: { names: [{ form: 'Somebody' }], roles: ['protester'] } };

describe('a command repeated with its key', () => {
  it('gets the first answer again and records nothing', async () => {
    const caseId = await caseworker.open();
    const first = await caseworker.send(`/${caseId}/arrests`, { at: '2020-01-05' }, withKey('arrest 1'));
    const before = await head();
    const second = await caseworker.send(`/${caseId}/arrests`, { at: '2020-01-05' }, withKey('arrest 1'));

    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await head()).toBe(before);
  });

  it('gets it also when other facts have been recorded since', async () => {
    const caseId = await caseworker.open();
    const first = await caseworker.record(`/${caseId}/sentences`, { days: 15 }, withKey('sentence 1'));
    await caseworker.record(`/${caseId}/notes`, { text: 'in between' });

    expect(await caseworker.record(`/${caseId}/sentences`, { days: 15 }, withKey('sentence 1'))).toEqual(
      first,
    );
    expect(await caseworker.history(caseId)).toHaveLength(4);
  });

  it('gets it whatever the order of the members', async () => {
    const caseId = await caseworker.open();
    const first = await caseworker.record(
      `/${caseId}/arrests`,
      { at: '2020-01-05', facility: 'A' },
      withKey('order'),
    );
    expect(
      await caseworker.record(`/${caseId}/arrests`, { facility: 'A', at: '2020-01-05' }, withKey('order')),
    ).toEqual(first);
  });

  it('opens one case, though the server made its id', async () => {
    const first = await caseworker.record('', PERSON, withKey('open 1'));
    expect(await caseworker.record('', PERSON, withKey('open 1'))).toEqual(first);
    expect(await caseworker.history(first.caseId)).toHaveLength(1);
  });

  it('gets it from a service that was started anew on the same data', async () => {
    const caseId = await caseworker.open();
    const body = {
      outcome: 'penalised',
      penalties: [
        { kind: 'sentence', days: 5 },
        { kind: 'fine', baseUnits: 20 },
      ],
    };
    const first = await caseworker.record(`/${caseId}/decisions`, body, withKey('before the restart'));

    await service.close();
    service = await startService({ folder });
    caseworker = caseworker.at(service);

    const again = await caseworker.send(`/${caseId}/decisions`, body, withKey('before the restart'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first);
    expect(await caseworker.history(caseId)).toHaveLength(4);
  });

  it('is carried out once when it is sent many times at once', async () => {
    const caseId = await caseworker.open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        caseworker.send(`/${caseId}/arrests`, { at: '2020-01-05' }, withKey('at once')),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await caseworker.history(caseId)).toHaveLength(2);
  });

  it('opens one case when it is sent many times at once', async () => {
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => caseworker.record('', PERSON, withKey('open at once'))),
    );
    expect(new Set(opened.map(({ caseId }: Recorded) => caseId)).size).toBe(1);
    expect(await caseworker.history(opened.at(0)!.caseId)).toHaveLength(1);
  });
});

describe('a key that was used before', () => {
  it.each([
    ['with another body', (caseId: string) => [`/${caseId}/arrests`, { at: '2020-01-06' }] as const],
    ['at another route', (caseId: string) => [`/${caseId}/notes`, { text: 'x' }] as const],
  ])('is refused %s, and nothing is written', async (how, other) => {
    const caseId = await caseworker.open();
    const key = withKey(`reused ${how}`);
    await caseworker.record(`/${caseId}/arrests`, { at: '2020-01-05' }, key);
    const before = await head();

    const [path, body] = other(caseId);
    const reply = await caseworker.send<Refused>(path, body, key);
    expect(reply).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await head()).toBe(before);
  });

  it('is refused for another case that exists', async () => {
    const [one, other] = [await caseworker.open(), await caseworker.open()];
    await caseworker.record(`/${one}/arrests`, { at: '2020-01-05' }, withKey('two cases'));
    const before = await head();

    const reply = await caseworker.send<Refused>(
      `/${other}/arrests`,
      { at: '2020-01-05' },
      withKey('two cases'),
    );
    expect(reply).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(reply.body.errors?.[0]?.pointer).toBe('/headers/idempotency-key');
    expect(await head()).toBe(before);
  });

  it('is free for somebody else', async () => {
    const caseId = await caseworker.open();
    await caseworker.record(`/${caseId}/notes`, { text: 'mine' }, withKey('shared'));
    const colleague = await Caseworker.joining(service);
    expect((await colleague.send(`/${caseId}/notes`, { text: 'theirs' }, withKey('shared'))).status).toBe(
      201,
    );
  });

  it.each(['', 'ключ', 'x'.repeat(256)])('must be printable and of a sane length: "%s"', async (key) => {
    const caseId = await caseworker.open();
    const before = await head();
    const reply = await caseworker.send<Refused>(
      `/${caseId}/notes`,
      { text: 'x' },
      {
        'idempotency-key': Buffer.from(key).toString('latin1'),
      },
    );
    expect(reply.status).toBe(400);
    expect(reply.body.errors?.[0]?.pointer).toBe('/headers/idempotency-key');
    expect(await head()).toBe(before);
  });
});
