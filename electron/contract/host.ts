import { z } from 'zod';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const label = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

/** An IPv4 address, an IPv6 address (RFC 4291 §2.2, with or without zone) or a DNS name. */
export const Host = z
  .string()
  .transform((text) => text.trim().replace(/^\[(.*)\]$/, '$1'))
  .pipe(
    z
      .string()
      .min(1, 'is missing')
      .max(253, 'has more than 253 characters')
      .refine(isHost, 'is neither an IPv4 or IPv6 address nor a DNS name'),
  );

function isHost(text: string): boolean {
  if (text.includes(':')) return isIpv6(text);
  if (/^[\d.]+$/.test(text)) return ipv4.test(text);
  return text
    .replace(/\.$/, '')
    .split('.')
    .every((part) => label.test(part));
}

function isIpv6(text: string): boolean {
  const [address = '', zone] = text.split('%', 2);
  if (zone === '') return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !ipv4.test(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
