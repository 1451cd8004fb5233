import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../src/config.js';
import { makeClusterSecrets } from './support/cluster-secrets.js';
import { mountsOf, readCompose, type Compose, type ComposeService } from './support/compose-file.js';
import { COMPOSE_RULES, runsOnce } from './support/compose-rules.js';
import { imageEnvironment } from './support/dockerfile.js';
import { buildProgram } from './support/program.js';

const FILES = ['docker-compose.yml', 'docker-compose.cluster.yml', 'docker-compose.embedded.yml'];

// The name of its own language is written in a way that the validator does not know.
const { $schema: _, ...schema } = JSON.parse(readFileSync('test/support/compose-spec.json', 'utf8')) as {
  $schema: string;
};
const isCompose = new Ajv({ strict: false }).compile(schema);

function builtHere(file: Compose): [name: string, service: ComposeService][] {
  return Object.entries(file.services).filter(
    ([name, { build }]) => build !== undefined && !runsOnce(file, name),
  );
}

describe.each(FILES)('%s', (name) => {
  it('is a Compose file by the schema of the specification', () => {
    isCompose(readCompose(name));
    expect(isCompose.errors).toBeNull();
  });

  it.each<[string, (service: Record<string, unknown>, file: Record<string, unknown>) => void]>([
    ['a misspelt key', (service) => (service['enviroment'] = {})],
    ['a word where a list belongs', (service) => (service['volumes'] = 'data:/data')],
    [
      'a state that nothing can have',
      (service) => (service['depends_on'] = { x: { condition: 'service_ready' } }),
    ],
    ['a key that is none of the file', (_service, file) => (file['service'] = {})],
  ])('would not be one with %s', (_mistake, make) => {
    const file = readCompose(name);
    make(builtHere(file)[0]![1] as Record<string, unknown>, file as unknown as Record<string, unknown>);
    expect(isCompose(file)).toBe(false);
  });

  it.each(COMPOSE_RULES)('$says', ({ faults }) => expect(faults(readCompose(name))).toEqual([]));

  it.each(COMPOSE_RULES)('would be found out otherwise: $says', ({ faults, breaks }) => {
    for (const spoil of breaks) {
      const file = readCompose(name);
      spoil(builtHere(file)[0]![1], file);
      expect([String(spoil), faults(file).length > 0]).toEqual([String(spoil), true]);
    }
  });
});

describe.each(
  FILES.flatMap((file) => builtHere(readCompose(file)).map(([name, service]) => ({ file, name, service }))),
)('$name of $file', ({ file, service }) => {
  let folder: string;
  let asked: Set<string>;
  let config: Config;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-compose-'));
    for (const volume of ['key', 'notary', 'erasures']) mkdirSync(join(folder, volume));
    makeClusterSecrets(folder);
    asked = new Set();
    const settings = new Proxy(environment(), {
      get: (target, key) => {
        asked.add(String(key));
        return target[String(key)];
      },
    });
    if (settings['NODE_ENV'] === 'production') {
      for (const key of ['key/master.key', 'notary/notary.key'])
        writeFileSync(join(folder, key), Buffer.alloc(32), { mode: 0o600 });
    }
    config = readConfig(settings);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the container is given, with its folders put where this test has them. */
  function environment(): Record<string, string | undefined> {
    const given = Object.entries({ ...imageEnvironment(), ...service.environment });
    return Object.fromEntries(
      given.map(([key, value]) => [
        key,
        String(value)
          .replace(/^\/run\/habeas\//, `${folder}/secrets/habeas/`)
          .replace(/^\/var\/lib\/habeas-notary\//, `${folder}/notary/`)
          .replace(/^\/var\/lib\/habeas-key\//, `${folder}/key/`)
          .replace(/^\/var\/lib\/habeas-erasures\//, `${folder}/erasures/`)
          .replace(/^\/var\/lib\/habeas\/data$/, `${folder}/data`),
      ]),
    );
  }

  it('is given settings that the service reads, and no other', () => {
    expect(Object.keys(service.environment ?? {}).filter((key) => !asked.has(key))).toEqual([]);
  });

  it('is given settings that the service starts with', () => {
    expect(config.host).toBe('0.0.0.0');
    expect(config.production).toBe(file !== 'docker-compose.yml');
    const embedded = file === 'docker-compose.embedded.yml';
    expect([config.eventStore === undefined, config.databaseUrl === undefined]).toEqual([embedded, embedded]);
    const answers = config.roles.has('api');
    expect(config.keysDatabaseUrl !== undefined).toBe(answers && file === 'docker-compose.cluster.yml');
  });

  it('keeps the keys, and the list of what was erased, on other volumes than its data', () => {
    const settings: Record<string, string | number> = { ...imageEnvironment(), ...service.environment };
    const volumeOf = (path = ''): string | undefined =>
      mountsOf(service).find(({ target }) => `${path}/`.startsWith(`${target}/`))?.source;
    const needed = {
      api: ['HABEAS_MASTER_KEY_FILE', 'HABEAS_ERASURE_LIST'],
      notary: ['HABEAS_NOTARY_KEY_FILE'],
    };
    const apart = ['HABEAS_DATA'];
    for (const role of ['api', 'notary'] as const) {
      if (config.roles.has(role)) apart.push(...needed[role]);
      else for (const key of needed[role]) expect(volumeOf(String(settings[key]))).toBeUndefined();
    }
    const volumes = apart.map((key) => volumeOf(String(settings[key])));
    expect(volumes).not.toContain(undefined);
    expect(new Set(volumes).size).toBe(apart.length);
  });
});

describe('docker-compose.yml', () => {
  it('brings up one EventStoreDB node, PostgreSQL and the service', () => {
    expect(Object.keys(readCompose('docker-compose.yml').services)).toEqual([
      'eventstore',
      'postgres',
      'habeas',
    ]);
  });
});

describe('docker-compose.cluster.yml', () => {
  const { services } = readCompose('docker-compose.cluster.yml');
  const nodes = Object.keys(services).filter((name) => name.startsWith('eventstore-'));

  it('brings up two processes of each role, but one that signs', () => {
    const roles = Object.values(services).flatMap(({ environment }) => environment?.['HABEAS_ROLES'] ?? []);
    expect(roles).toEqual(['api', 'api', 'projector', 'projector', 'notary']);
  });

  it.each(nodes)('has %s gossip with the two others, under its own name', (name) => {
    const settings = services[name]!.environment!;
    const seeds = nodes.filter((node) => node !== name).map((node) => `${node}:2113`);
    expect(settings['EVENTSTORE_GOSSIP_SEED']).toBe(seeds.join(','));
    expect(settings['EVENTSTORE_CLUSTER_SIZE']).toBe(nodes.length);
    expect(settings['EVENTSTORE_NODE_HOST_ADVERTISE_AS']).toBe(name);
    expect(settings['EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS']).toBe(name);
    expect(settings).not.toHaveProperty('EVENTSTORE_INSECURE');
  });

  it('hands no password over in the open', () => {
    const given = Object.values(services).flatMap(({ environment }) => Object.keys(environment ?? {}));
    expect(given.filter((key) => /PASSWORD$|_URL$/.test(key))).toEqual([]);
  });
});

describe('docker-compose.embedded.yml', () => {
  it('makes its keys before the first start, once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'habeas-key-'));
    const built = await buildProgram('src/security/key-files.ts', folder);
    const [, ...words] = readCompose('docker-compose.embedded.yml').services['keys']!.command!;
    const names = ['HABEAS_MASTER_KEY_FILE', 'HABEAS_NOTARY_KEY_FILE'];
    const env = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
    const keys = [1, 2].map(() => {
      const step = words.map((word) => word.replace('/app/dist/security/key-files.js', built));
      const { status } = spawnSync(process.execPath, step, { env });
      return [status, ...names.map((name) => readFileSync(join(folder, name), 'hex'))];
    });
    const key: unknown = expect.stringMatching(/^[\da-f]{64}$/);
    expect(keys[0]).toEqual([0, key, key]);
    expect(new Set(keys.flat()).size).toBe(3);
    rmSync(folder, { recursive: true });
  });
});
