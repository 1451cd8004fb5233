import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDeniedError } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate, type Certificate } from '../certificate.js';
import { allOf, failureOf, givenDouble, newEvents, newStream } from './given-double.js';

describe('a double that asks who is there', () => {
  let folder: string;
  let certificate: Certificate;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    certificate = await makeCertificate(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const credentials = { username: 'admin', password: 'change:it@once' };
  const given = givenDouble(() => ({ tls: certificate, credentials }));
  const trusting = (user = ''): string =>
    `esdb://${user}localhost:${given.double.port}?tls=true&tlsCAFile=${certificate.certFile}`;

  it('lets in who has the password', async () => {
    const client = given.connect(`${given.double.connectionString}&tlsCAFile=${certificate.certFile}`);
    await client.appendToStream(newStream(), newEvents(1));
    await client.appendToStream(newStream(), newEvents(1), { credentials });
    expect(await allOf(client.readAll())).toHaveLength(given.double.data.records.length);
    expect(given.double.data.events).toHaveLength(2);
  });

  it.each([
    ['nobody', ''],
    ['who has another password', 'admin:guess@'],
    ['another user', 'ops:change%3Ait%40once@'],
  ])('keeps out %s', async (_, user) => {
    const client = given.connect(trusting(user));
    const events = newEvents(1);
    expect(await failureOf(client.appendToStream(newStream(), events))).toBeInstanceOf(AccessDeniedError);
    expect(await failureOf(allOf(client.readAll()))).toBeInstanceOf(AccessDeniedError);
    expect(await failureOf(client.deleteStream(newStream()))).toBeInstanceOf(AccessDeniedError);
    const own = { credentials: { username: 'admin', password: 'guess' } };
    expect(await failureOf(client.appendToStream(newStream(), events, own))).toBeInstanceOf(
      AccessDeniedError,
    );
    expect(given.double.data.events).toHaveLength(0);
  });

  it('is not trusted without its authority', async () => {
    const failure = await failureOf(given.client.appendToStream(newStream(), newEvents(1)));
    expect(failure).toMatchObject({ code: 14 });
  });
});
