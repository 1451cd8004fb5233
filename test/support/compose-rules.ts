import { existsSync } from 'node:fs';
import { PHASES } from '../../src/shutdown.js';
import { mountsOf, type Compose, type ComposeService } from './compose-file.js';

export interface Rule {
  says: string;
  /** What breaks it, by name; empty when all is well. */
  faults(file: Compose): string[];
  /** Ways to break it, each of which it has to notice. They are handed a service that stays and was built here. */
  breaks: ((service: ComposeService, file: Compose) => void)[];
}

export const COMPOSE_RULES: readonly Rule[] = [
  {
    says: 'watches the health of every service that stays',
    faults: (file) => named(file, (service, name) => !runsOnce(file, name) && !isWatched(service)),
    breaks: [(service) => (service.healthcheck = { disable: true })],
  },
  {
    says: 'waits only for services that are there, and for what will come to pass',
    faults: (file) =>
      Object.values(file.services).flatMap((service) =>
        Object.entries(service.depends_on ?? {})
          .filter(([name, { condition }]) => condition !== awaited(file, name))
          .map(([name]) => name),
      ),
    breaks: [
      (service) => (service.depends_on = { nobody: { condition: 'service_healthy' } }),
      (service, file) => {
        const once = Object.keys(file.services).find((name) => runsOnce(file, name));
        service.depends_on = { [once ?? 'nobody']: { condition: 'service_healthy' } };
      },
      (service, file) => {
        const [first = 'nobody'] = Object.keys(file.services);
        service.depends_on = { [first]: { condition: 'service_started' } };
      },
    ],
  },
  {
    says: 'declares the volumes and networks that are used, and no other',
    faults: (file) => [
      ...difference(volumesUsed(file), Object.keys(file.volumes ?? {})),
      ...difference(networksUsed(file), Object.keys(file.networks ?? {})),
    ],
    breaks: [
      (service) => service.volumes?.push('lost:/lost'),
      (service) => (service.networks = ['lost']),
      (_, file) => (file.volumes = { ...file.volumes, idle: null }),
    ],
  },
  {
    says: 'mounts only files that are here, and never to be written',
    faults: (file) =>
      mounts(file)
        .filter(({ source, readOnly }) => /^[./]/.test(source) && !(readOnly && existsSync(source)))
        .map(({ source }) => source),
    breaks: [
      (service) => service.volumes?.push('./deploy/nowhere:/nowhere:ro'),
      (service) => service.volumes?.push('./deploy:/deploy'),
      (service) => service.volumes?.push('/var/run/docker.sock:/var/run/docker.sock'),
    ],
  },
  {
    says: 'pins every image to a tag',
    faults: (file) => named(file, ({ image = '' }) => !/^[^:]+:(?!latest$)[\w.-]+$/.test(image)),
    breaks: [(service) => (service.image = 'habeas'), (service) => (service.image = 'habeas:latest')],
  },
  {
    says: 'opens ports to this machine only',
    faults: (file) =>
      Object.values(file.services)
        .flatMap(({ ports = [] }) => ports)
        .filter((port) => !port.startsWith('127.0.0.1:')),
    breaks: [
      (service) => (service.ports = ['3000:3000']),
      (service) => (service.ports = ['0.0.0.0:3000:3000']),
    ],
  },
  {
    says: 'gives no container rights, nor a way to get them',
    faults: (file) =>
      named(
        file,
        (service, name) =>
          !(service.cap_drop?.includes('ALL') && service.security_opt?.includes('no-new-privileges:true')) ||
          service.privileged === true ||
          (service.cap_add !== undefined && !runsOnce(file, name)),
      ),
    breaks: [
      (service) => delete service.cap_drop,
      (service) => delete service.security_opt,
      (service) => (service.privileged = true),
      (service) => (service.cap_add = ['SYS_ADMIN']),
    ],
  },
  {
    says: 'runs what is built here as the user of its image, on a root file system that cannot be written',
    faults: (file) =>
      named(
        file,
        ({ build, read_only, tmpfs, user }) =>
          build !== undefined && !(read_only === true && tmpfs?.includes('/tmp') && user === undefined),
      ),
    breaks: [
      (service) => delete service.read_only,
      (service) => delete service.tmpfs,
      (service) => (service.user = 'root'),
    ],
  },
  {
    says: 'starts what ends again, and gives it more time to end than its own shutdown takes',
    faults: (file) =>
      named(
        file,
        (service, name) =>
          !runsOnce(file, name) &&
          !(
            service.restart === 'unless-stopped' && secondsOf(service.stop_grace_period) * 1000 > SHUTDOWN_MS
          ),
      ),
    breaks: [
      (service) => delete service.restart,
      (service) => delete service.stop_grace_period,
      (service) => (service.stop_grace_period = `${SHUTDOWN_MS / 1000}s`),
    ],
  },
  {
    says: 'limits the memory and the processes of what stays',
    faults: (file) =>
      named(file, (service, name) => {
        const limits = service.deploy?.resources?.limits;
        return !runsOnce(file, name) && !(limits?.memory && limits.pids);
      }),
    breaks: [(service) => delete service.deploy],
  },
];

const SHUTDOWN_MS = Object.values<number>(PHASES).reduce((sum, ms) => sum + ms);

function named(file: Compose, is: (service: ComposeService, name: string) => boolean): string[] {
  return Object.entries(file.services)
    .filter(([name, service]) => is(service, name))
    .map(([name]) => name);
}

/** It is not started again, and others wait for its end. */
export function runsOnce(file: Compose, name: string): boolean {
  return file.services[name]?.restart === 'no';
}

/** What is built here has the health check of its image. */
function isWatched({ build, healthcheck }: ComposeService): boolean {
  return healthcheck?.disable !== true && (build !== undefined || healthcheck?.test !== undefined);
}

function awaited(file: Compose, name: string): string | undefined {
  if (!file.services[name]) return undefined;
  return runsOnce(file, name) ? 'service_completed_successfully' : 'service_healthy';
}

function mounts(file: Compose): ReturnType<typeof mountsOf> {
  return Object.values(file.services).flatMap(mountsOf);
}

function volumesUsed(file: Compose): string[] {
  return mounts(file)
    .map(({ source }) => source)
    .filter((source) => !/^[./]/.test(source));
}

function networksUsed(file: Compose): string[] {
  return Object.values(file.services).flatMap(({ networks = [] }) => networks);
}

/** What only one of the two has. */
function difference(one: string[], other: string[]): string[] {
  return [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))];
}

function secondsOf(duration = '10s'): number {
  return Number(/^(\d+)s$/.exec(duration)?.[1]);
}
