import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A Compose file, as far as the tests look at it. Whether it is one at all is for the schema to say. */
export interface Compose {
  services: Record<string, ComposeService>;
  volumes?: Record<string, unknown>;
  networks?: Record<string, unknown>;
}

export interface ComposeService {
  image?: string;
  build?: string;
  user?: string;
  read_only?: boolean;
  privileged?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  tmpfs?: string[];
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  restart?: string;
  stop_grace_period?: string;
  deploy?: { resources?: { limits?: { memory?: string; pids?: number } } };
}

export interface Mount {
  /** A named volume, or a path of the host that begins with `.` or `/`. */
  source: string;
  target: string;
  readOnly: boolean;
}

/** As Compose sees it when nothing is set in its environment: merged, and with the default of each variable. */
export function readCompose(file: string): Compose {
  return interpolated(parse(readFileSync(file, 'utf8'), { merge: true })) as Compose;
}

export function mountsOf(service: ComposeService): Mount[] {
  return (service.volumes ?? []).map((volume) => {
    const [source = '', target = '', mode] = volume.split(':');
    return { source, target, readOnly: mode === 'ro' };
  });
}

function interpolated(node: unknown): unknown {
  if (typeof node === 'string') {
    return node.replaceAll(
      /\$(?:(\$)|\{\w+:-([^}]*)\})/g,
      (_, dollar?: string, fallback = '') => dollar ?? fallback,
    );
  }
  if (Array.isArray(node)) return node.map(interpolated);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolated(value)]));
}
