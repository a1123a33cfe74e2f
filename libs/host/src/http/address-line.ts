// The network line of a request (来源地址), for everything that counts by address: request limits, pauses after wrong guesses, limits on
// enumerating numbers.
import { isIPv4, isIPv6 } from 'node:net';

const HEXTETS = 8;

/** All eight groups of an IPv6 address, as numbers. */
const groupsOf = (address: string): number[] => {
  // The standard's own spelling: lower case, no dotted part, one `::`.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const between = Array.from({ length: HEXTETS - first.length - last.length }, () => '0');
  return [...first, ...between, ...last].map((group) => Number.parseInt(group, 16));
};

/** `::ffff:a.b.c.d`, in any spelling. */
const mappedIn = (groups: readonly number[]): string | undefined => {
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

/**
 * A whole IPv4 address, also where it is written as an IPv6 address, or the /64 of an IPv6 address, which is one household or office. Some
 * proxies add a port; everything that is not an address is one line, the empty one.
 */
export const addressLine = (address: string | undefined): string => {
  const given = (address ?? '').trim();
  const bare = (/^\[([^\]]*)\](?::\d+)?$/.exec(given)?.[1] ?? /^([\d.]+):\d+$/.exec(given)?.[1] ?? given).split('%')[0] ?? '';
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return '';
  const groups = groupsOf(bare);
  const first = groups.slice(0, 4).map((group) => group.toString(16));
  return mappedIn(groups) ?? `${first.join(':')}::/64`;
};

/** The line of an HTTP request; express takes `ip` from the trusted proxies' headers. */
export const lineOf = ({ ip }: { readonly ip?: string | undefined }): string => addressLine(ip);
