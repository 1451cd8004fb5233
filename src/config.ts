import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readOidc, type OidcSettings } from './door-settings.js';
import type { ConnectionString } from './event-store/eventstoredb/connection-string.js';
import { readNotaryKeyFile } from './notary-settings.js';
import { readSchedule, type ScheduleSettings } from './schedule-settings.js';
import { adminKeyFaults, liesUnder, keyFaults } from './security/key-files.js';
import { productionFaults } from './security/production-faults.js';
import { Settings, type Environment } from './settings.js';
import { readDatabaseUrl, readEventStoreUrl, requireKeysApart } from './store-settings.js';

const PROCESS_ROLES = ['api', 'projector', 'notary'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const METRICS_AUDIENCES = ['loopback', 'everyone'] as const;

/** A request is answered within 15, and what is gathered is still to be written. */
const LONGEST_REPORT_WAIT_SECONDS = 12;

/** Every setting of the service, checked. Made by `readConfig`, which is the only reader of the environment. */
export class Config {
  readonly production: boolean;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absolute; what is not elsewhere lies here: events, access keys and read models. */
  readonly dataDir: string;
  /** EventStoreDB for the events, instead of the embedded store. */
  readonly eventStore: ConnectionString | undefined;
  /** PostgreSQL for read models and access keys, instead of SQLite files. Holds a password. */
  readonly databaseUrl: string | undefined;
  /** PostgreSQL for the wrapped keys, under a role of its own. Holds a password. */
  readonly keysDatabaseUrl: string | undefined;
  /** A file with the first admin's key, instead of one made at the first start. */
  readonly adminKeyFile: string | undefined;
  /** Absolute, and never under `dataDir`: whoever takes the data must not have the key with it. */
  readonly masterKeyFile: string;
  /** Absolute, and not under `dataDir` either; what was signed last is kept beside it. Of the role `notary` only. */
  readonly notaryKeyFile: string;
  /** Access tokens of this issuer are taken beside API keys. */
  readonly oidc: OidcSettings | undefined;
  /** Of one principal, at all processes together; 0: as many as it likes. */
  readonly requestsPerMinute: number;
  /** Absolute; what was erased, kept apart from the data and their backups. */
  readonly erasureListFile: string;
  /** A fixed YYYY-MM-DD instead of the day it is. */
  readonly today: string | undefined;
  readonly roles: ReadonlySet<(typeof PROCESS_ROLES)[number]>;
  readonly metrics: (typeof METRICS_AUDIENCES)[number];
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Absolute; the files of cases, sealed. Every process with the role `api` has to have the same. */
  readonly evidenceDir: string;
  /** No file of a case is larger. */
  readonly maxEvidenceMegabytes: number;
  /** The service is not ready while the read model is further behind than this. */
  readonly maxLagSeconds: number;
  /** Nor with less room on the disk of the data. */
  readonly minFreeMegabytes: number;
  /** Of how many cases a principal may be shown something personal in a day, at all processes together; 0: of all. */
  readonly casesPerDay: number;

  /** Reports that are issued and written to a folder as days and months end. */
  readonly schedule: ScheduleSettings | undefined;

  /** So long a request waits for its report before it is told to come again. */
  readonly reportWaitSeconds: number;

  constructor(values: Config) {
    Object.assign(this, values);
  }
}

/** The service does not start; each fault is one line for the person who starts it. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** Throws `StartRefused` with every fault at once. Reads the environment and looks at the key files; writes nothing. */
export function readConfig(env: Environment): Config {
  const faults: string[] = [];
  const setting = new Settings(env, faults);
  const production = env['NODE_ENV'] === 'production';
  const roles = setting.some('HABEAS_ROLES', PROCESS_ROLES);
  // What only projects opens nothing: it is better off without the keys.
  const keysNeeded = production && roles.has('api');
  const dataDir = resolve(setting.text('HABEAS_DATA', './data'));
  const masterKeyFile = resolve(
    setting.text('HABEAS_MASTER_KEY_FILE', join(homedir(), '.config', 'habeas', 'master.key')),
  );
  const erasureList = setting.optional('HABEAS_ERASURE_LIST');
  const adminKeyFile = setting.optional('HABEAS_ADMIN_KEY_FILE');
  const today = setting.optional('HABEAS_TODAY');

  if (today !== undefined && production)
    faults.push('HABEAS_TODAY: a fixed date is refused when NODE_ENV=production');
  if (today !== undefined && !isDay(today))
    faults.push(`HABEAS_TODAY: "${today}" is not a date like 2020-02-07`);
  const eventStore = readEventStoreUrl(setting, { production, debug: env['DEBUG'] });
  const databaseUrl = readDatabaseUrl(setting, 'DATABASE_URL', { production });
  const keysDatabaseUrl = readDatabaseUrl(setting, 'HABEAS_KEYS_DATABASE_URL', { production });
  requireKeysApart(setting, { databaseUrl, keysDatabaseUrl, needed: keysNeeded });
  const oidc = readOidc(setting, { production });
  if (liesUnder(masterKeyFile, dataDir)) {
    faults.push(
      `HABEAS_MASTER_KEY_FILE: ${masterKeyFile} lies under HABEAS_DATA, where a thief of the data finds it`,
    );
  }
  if (erasureList !== undefined && liesUnder(erasureList, dataDir)) {
    faults.push(`HABEAS_ERASURE_LIST: ${erasureList} lies under HABEAS_DATA, and would be lost with it`);
  }
  const erasureListFile = resolve(erasureList ?? join(dirname(masterKeyFile), 'erasures.ndjson'));
  if (production) {
    const list = keysNeeded ? erasureListFile : undefined;
    faults.push(...productionFaults({ dataDir, masterKeyFile, erasureListFile: list }));
  }
  faults.push(
    ...keyFaults(masterKeyFile, { mustExist: keysNeeded }).map((f) => `HABEAS_MASTER_KEY_FILE: ${f}`),
  );
  const notaryKeyFile = readNotaryKeyFile(setting, {
    dataDir,
    masterKeyFile,
    signs: roles.has('notary'),
    production,
  });
  if (adminKeyFile !== undefined) {
    faults.push(...adminKeyFaults(adminKeyFile).map((f) => `HABEAS_ADMIN_KEY_FILE: ${f}`));
  }

  const evidenceDir = resolve(setting.text('HABEAS_EVIDENCE', join(dataDir, 'evidence')));

  const config = new Config({
    production,
    host: setting.text('HABEAS_HOST', '127.0.0.1'),
    port: setting.number('HABEAS_PORT', 3000, 65_535),
    dataDir,
    eventStore,
    databaseUrl,
    keysDatabaseUrl,
    adminKeyFile: adminKeyFile === undefined ? undefined : resolve(adminKeyFile),
    masterKeyFile,
    notaryKeyFile,
    oidc,
    requestsPerMinute: setting.number('HABEAS_REQUESTS_PER_MINUTE', 6_000, 1_000_000),
    erasureListFile,
    today,
    evidenceDir,
    maxEvidenceMegabytes: setting.number('HABEAS_MAX_EVIDENCE_MB', 100, 100_000),
    roles,
    metrics: setting.one('HABEAS_METRICS', METRICS_AUDIENCES, 'loopback'),
    logLevel: setting.one('HABEAS_LOG_LEVEL', LOG_LEVELS, 'info'),
    maxLagSeconds: setting.number('HABEAS_MAX_LAG_SECONDS', 10, 86_400),
    minFreeMegabytes: setting.number('HABEAS_MIN_FREE_MB', 100, 1_000_000),
    schedule: readSchedule(setting, { dataDir, evidenceDir, writes: roles.has('api'), production }),
    casesPerDay: setting.number('HABEAS_CASES_PER_DAY', 1_000, 1_000_000),
    reportWaitSeconds: setting.number('HABEAS_REPORT_WAIT_SECONDS', 10, LONGEST_REPORT_WAIT_SECONDS),
  });
  if (faults.length > 0) throw new StartRefused(faults);
  return config;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  );
}
