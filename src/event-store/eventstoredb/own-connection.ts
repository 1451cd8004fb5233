const KEEP_ALIVE_TIMEOUT = /[?&](?:keep[_-]?alive[_-]?timeout)=(?<ms>\d+)/gi;
const DEFAULT_MS = 10_000;
const MOST_AT_ONCE = 1_000;

let made = 0;

/**
 * The same connection string, so that a client made of it has a connection that no other client of this process has. Channels with
 * the same options to the same address share one, and a new client would be given the very connection that the last one was
 * given up for: it takes 20 seconds to find out by itself that nobody hears it. What differs is a millisecond or more of
 * `keepAliveTimeout`; of an option that is given twice the client takes the last.
 */
export function withOwnConnection(text: string): string {
  made = (made + 1) % MOST_AT_ONCE;
  const ms = Number([...text.matchAll(KEEP_ALIVE_TIMEOUT)].at(-1)?.groups?.['ms'] ?? DEFAULT_MS);
  const bare = text.replace(/\?$/, '');
  return `${bare}${bare.includes('?') ? '&' : '?'}keepAliveTimeout=${ms + made}`;
}
