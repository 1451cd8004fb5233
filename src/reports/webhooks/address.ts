import { isThisMachine } from '../../loopback-address.js';

/** What is wrong with the address of a webhook, in a phrase; undefined: nothing. */
export function faultOf(address: string, { production }: { production: boolean }): string | undefined {
  const url = URL.parse(address);
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'is not a URL that begins with https://';
  if (url.username !== '' || url.password !== '') return 'holds a password; it takes none';
  if (url.hash !== '') return 'ends with a fragment, which nobody would be sent';
  if (url.protocol === 'https:') return undefined;
  if (production) return 'http: is refused when NODE_ENV=production: whoever is on the wire could read along';
  return isThisMachine(url.hostname) || url.hostname === 'localhost'
    ? undefined
    : 'http: is for this machine only';
}

/** What may be told of an address. */
export const hostOf = (address: string): string => new URL(address).host;
