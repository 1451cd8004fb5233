import type { ClientConfig } from 'pg';
import pg from 'pg';

/** If the server has not even said that it has given up on a statement, it is not there any more. */
const LAST_WORD_MS = 2_000;

type Settings = Readonly<Record<string, string | number>>;

/** Of every session. Times are in milliseconds, but `tcp_keepalives_*` in seconds. */
const COMMON: Settings = {
  idle_in_transaction_session_timeout: 30_000,
  // A client that is gone without a word gives its locks back within seconds.
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
  tcp_user_timeout: 10_000,
  client_connection_check_interval: 2_000,
  // Compiling a query takes longer than running any of ours.
  jit: 'off',
};

/** PostgreSQL's bigint comes as text, since it may be larger than a number can say. Ours are counts. */
function parseInt8(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('a number of the database is too large');
  return number;
}

const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.INT8, parseInt8);

export interface SessionParts {
  applicationName: string;
  /** After this the server gives up on a statement. */
  statementMs: number;
  settings: Settings;
}

/**
 * How to connect: the URL's own words (host, TLS by `sslmode`, `options`), and what every session of this program has besides.
 * Throws without quoting a URL that is none.
 */
export function sessionOf(
  url: string,
  { applicationName, statementMs, settings }: SessionParts,
): ClientConfig {
  const given = parseUrl(url);
  const all = { ...COMMON, statement_timeout: statementMs, ...settings };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  const theirs = given.searchParams.get('options');
  // What stands in a URL would take the place of what is said beside it.
  given.searchParams.delete('options');
  return {
    connectionString: given.href,
    options: [...(theirs === null ? [] : [theirs]), ...options].join(' '),
    application_name: applicationName,
    query_timeout: statementMs + LAST_WORD_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 2_000,
    types: TYPES,
  };
}

function parseUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(?:ql)?:$/.test(parsed.protocol)) {
    throw new Error('the address of the database is not a URL like postgres://user:password@host:5432/name');
  }
  return parsed;
}
