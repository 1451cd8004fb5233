import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseApiKey } from '../src/security/api-key.js';
import { MASTER_KEY_BYTES } from '../src/keys/master-key.js';
import { makeClusterSecrets, type ClusterSecrets } from './support/cluster-secrets.js';
import { mountsOf, readCompose } from './support/compose-file.js';

const cluster = readCompose('docker-compose.cluster.yml');
const folders: string[] = [];

function folder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'habeas-secrets-')));
  return folders.at(-1)!;
}

/** Which folder of the secrets a service is given, and where. */
function givenTo(name: string): { folder: string; at: string } {
  const maker = mountsOf(cluster.services['secrets']!);
  const own = mountsOf(cluster.services[name]!).find(({ source }) => source.endsWith('-secrets'));
  const made = maker.find(({ source }) => source === own?.source);
  return { folder: made!.target.replace('/secrets/', ''), at: own!.target };
}

const READERS: Record<string, string> = {
  eventstore: '1000',
  postgres: '999',
  habeas: '10001',
  projector: '10001',
  notary: '10001',
};

describe('the secrets of the cluster', () => {
  let place: string;
  let made: ClusterSecrets;
  const content = (path: string): string | undefined => made.files.get(path)?.content;

  beforeAll(() => {
    place = folder();
    made = makeClusterSecrets(place);
  });
  afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

  it('are made', () => expect(made.exitCode).toBe(0));

  it.each(Object.keys(cluster.services).filter((name) => name !== 'secrets'))(
    'hold all that %s reads',
    (name) => {
      const { folder, at } = givenTo(name);
      const told = JSON.stringify(cluster.services[name]).matchAll(new RegExp(`${at}/([\\w./-]+)`, 'g'));
      const urls = ['eventstore-url', 'database-url', 'keys-database-url'].map((file) =>
        content(`${folder}/${file}`),
      );
      const inUrls = urls.join(' ').matchAll(/\/run\/habeas\/([\w.-]+)/g);
      const read = [...told, ...inUrls].map(([, file]) => `${folder}/${file}`);
      expect(read.length).toBeGreaterThan(2);
      const files = [...made.files.keys()];
      for (const path of read)
        expect(files.filter((file) => `${file}/`.startsWith(`${path}/`))).not.toEqual([]);
    },
  );

  it('may be read by those that they are for, and by nobody else', () => {
    for (const [path, { mode, owner }] of made.files) {
      expect([path, mode]).toEqual([path, 0o400]);
      const reader = READERS[path.split(/[-/]/)[0]!];
      if (reader !== undefined) expect([path, owner]).toEqual([path, `${reader}:${reader}`]);
    }
  });

  it('are of 256 bits that need no escaping in a URL, each another', () => {
    const passwords = [...made.files]
      .filter(([path]) => /^authority\/[^/]+$/.test(path))
      .map(([, file]) => file.content);
    expect(passwords).toHaveLength(5);
    expect(new Set(passwords).size).toBe(5);
    for (const password of passwords) expect(password).toMatch(/^[\w-]{43}$/);
    expect(content('habeas/master.key')).toHaveLength(MASTER_KEY_BYTES);
    expect(parseApiKey(content('habeas/admin-key') ?? '')).toBeDefined();
  });

  it('are the same on both sides', () => {
    expect(content('habeas/eventstore-url')).toContain(`://admin:${content('eventstore-2/admin-password')}@`);
    expect(content('habeas/database-url')).toContain(`://habeas:${content('postgres/habeas-password')}@`);
    const keysPassword = content('postgres/habeas-keys-password');
    expect(content('habeas/keys-database-url')).toContain(`://habeas_keys:${keysPassword}@`);
    expect(content('eventstore-1/ops-password')).not.toBe(content('eventstore-1/admin-password'));
  });

  it.each(['projector', 'notary'])('leave no key of the cases with a %s', (reader) => {
    const held = [...made.files.keys()].filter((path) => path.startsWith(`${reader}/`));
    expect(held.map((path) => path.replace(`${reader}/`, '')).toSorted()).toEqual([
      'database-url',
      'eventstore-ca.crt',
      'eventstore-url',
      'postgres-ca.crt',
    ]);
    const names = Object.keys(cluster.services).filter((name) => name.startsWith(reader));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(givenTo(name).folder).toBe(reader);
  });

  it('leave the key that signs with the notary alone, in a folder that is his', () => {
    expect(content('notary-key/notary.key')).toHaveLength(MASTER_KEY_BYTES);
    expect(content('notary-key/notary.key')).not.toBe(content('habeas/master.key'));
    const holders = Object.entries(cluster.services).filter(([, service]) =>
      mountsOf(service).some(({ source }) => source === 'notary-key'),
    );
    expect(holders.map(([name]) => name)).toEqual(['secrets', 'notary']);
    expect(readFileSync(join(place, 'owners'), 'utf8')).toMatch(/^10001:10001 .*\/notary-key$/m);
  });

  it('name each server as it is called, and trust another authority for each kind', () => {
    expect(content('eventstore-3/node.crt')).toBe('certificate of eventstore-3,localhost\n');
    expect(content('postgres/server.crt')).toBe('certificate of postgres,localhost\n');
    expect(content('habeas/eventstore-ca.crt')).toBe(content('eventstore-1/ca/ca.crt'));
    expect(content('habeas/postgres-ca.crt')).not.toBe(content('habeas/eventstore-ca.crt'));
  });

  it('leave what signs certificates with nobody', () => {
    const keys = [...made.files].filter(([path]) => path.endsWith('ca.key')).map(([, file]) => file.content);
    expect(keys).toHaveLength(2);
    const given = [...made.files]
      .filter(([path]) => !path.startsWith('authority/'))
      .map(([, file]) => file.content);
    for (const key of keys) expect(given).not.toContain(key);
    const holders = Object.entries(cluster.services).filter(([, service]) =>
      mountsOf(service).some(({ source }) => source === 'authority'),
    );
    expect(holders.map(([name]) => name)).toEqual(['secrets']);
  });

  it('stay as they are when they are made again, and what was lost comes back', () => {
    rmSync(join(place, 'secrets/eventstore-1/node.key'));
    const again = makeClusterSecrets(place);
    expect(again.exitCode).toBe(0);
    expect(again.files).toEqual(made.files);
  });

  it('are not handed out when no certificate could be made', () => {
    const failed = makeClusterSecrets(folder(), { OUT_OF_ORDER: 'yes' });
    expect(failed.exitCode).not.toBe(0);
    expect([...failed.files.keys()].filter((path) => !path.startsWith('authority/'))).toEqual([]);
  });
});
