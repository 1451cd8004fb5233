import { isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
/** What one customer is given. */
const OWN_GROUPS = 4;

/** What is counted as one caller: an IPv4 address, or the first 64 bits of an IPv6 one, of which anybody has any number. */
export function networkOf(address: string): string {
  const [, ipv4] = MAPPED_IPV4.exec(address) ?? [];
  if (ipv4 !== undefined) return ipv4;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const between = Array.from({ length: GROUPS - before.length - after.length }, () => '0');
  return [...before, ...between, ...after].slice(0, OWN_GROUPS).join(':');
}

const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'));
