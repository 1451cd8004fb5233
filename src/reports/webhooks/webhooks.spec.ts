import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshFile, type FreshDatabase } from '../../../test/support/databases.js';
import { ServiceKey } from '../../keys/service-key.js';
import { WebhookSeals } from './webhook-seals.js';
import { ADDRESS, webhooksOn, type WebhooksAtWork } from '../../../test/support/webhooks-at-work.js';

describe('the webhooks of a service', () => {
  let database: FreshDatabase;
  let at: WebhooksAtWork;

  beforeEach(async () => {
    database = await freshFile();
    at = await webhooksOn(database);
  });
  afterEach(async () => {
    await at.close();
    await database.remove();
  });

  const rowsOf = async (): Promise<string> => {
    const { tables } = at.work.database;
    const rows = [
      ...(await tables.selectFrom('webhooks').selectAll().execute()),
      ...(await tables.selectFrom('webhook_secrets').selectAll().execute()),
    ];
    return rows
      .flatMap((row) => Object.values(row).map((value) => Buffer.from(value ?? '').toString('latin1')))
      .join();
  };

  it('are kept with neither their address nor their label nor anything to sign with', async () => {
    const { webhookId, secret } = await at.add({ label: 'Alena' });
    const rows = await rowsOf();
    expect(rows).toContain(webhookId);
    const inBase64 = secret.slice('whsec_'.length);
    const bytes = Buffer.from(inBase64, 'base64').toString('latin1');
    for (const word of ['reports.example.org', 'token-7', 'Alena', inBase64, bytes])
      expect(rows).not.toContain(word);
    expect(await at.state(webhookId)).toMatchObject({ url: ADDRESS, label: 'Alena' });
  });

  it('open no address that was put in the place of another', async () => {
    const [{ webhookId: one }, { webhookId: other }] = [await at.add(), await at.add()];
    const { sealed_url } = await at.webhooks.find(one);
    const { tables } = at.work.database;
    await tables.updateTable('webhooks').set({ sealed_url }).where('webhook_id', '=', other).execute();
    await at.work.record('a');
    await at.deliver();
    expect(at.receiver.arrivals).toHaveLength(1);
    await expect(at.webhooks.urlOf(other)).rejects.toMatchObject({ code: 'sealed-data-damaged' });
    expect(at.log).toContainEqual(
      expect.objectContaining({ event: 'webhook held up', webhookId: other, code: 'sealed-data-damaged' }),
    );
  });

  it('take no address that could be read along in production, and keep nothing of it', async () => {
    const refused = at.add({ url: 'http://127.0.0.1:8080/' });
    await expect(refused).rejects.toMatchObject({ code: 'webhook-url-refused' });
    expect(await at.webhooks.list()).toEqual([]);
    const kept = await at.keys.tables.selectFrom('wrappedKey').select('keyId').execute();
    expect(kept).toEqual([{ keyId: 'service' }]);
  });

  it('are told nothing in production over a line that was good enough for trying it out', async () => {
    const { webhookId } = await at.add();
    const tried = new WebhookSeals(await ServiceKey.of(at.keys)).url.seal(webhookId, 'http://127.0.0.1/');
    const { tables } = at.work.database;
    await tables.updateTable('webhooks').set({ sealed_url: tried }).execute();
    await at.work.record('a');
    await at.deliver();
    expect(at.receiver.arrivals).toEqual([]);
    expect(await at.state(webhookId)).toMatchObject({ failure: 'webhook-url-refused' });
  });

  it('are a hundred at most', async () => {
    await at.add();
    const { tables } = at.work.database;
    const row = await tables.selectFrom('webhooks').selectAll().executeTakeFirstOrThrow();
    const rows = Array.from({ length: 99 }, (_, n) => ({ ...row, webhook_id: `w${n}` }));
    await tables.insertInto('webhooks').values(rows).execute();
    await expect(at.add()).rejects.toMatchObject({ code: 'too-many-webhooks' });
    await tables.deleteFrom('webhooks').where('webhook_id', '=', 'w0').execute();
    expect(await at.add()).toMatchObject({ webhookId: expect.any(String) });
  });
});
