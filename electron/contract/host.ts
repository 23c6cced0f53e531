import { z } from 'zod';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const label = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

/** An IPv4 address, an IPv6 address (RFC 4291 §2.2, with or without zone) or a DNS name. */
export const Host = z
  .string('A host is an IP address or a domain name.')
  .transform((text) => text.trim().replace(/^\[(.*)\]$/, '$1'))
  .pipe(
    z
      .string()
      .min(1, 'The IP address or domain name is missing. Enter one.')
      .max(253, 'The domain name has more than 253 characters. Shorten it.')
      .refine(
        isHost,
        'This is neither an IP address nor a domain name. Enter one such as 10.0.0.5, fe80::1 or pacs.example.org, without http:// and without the port.',
      ),
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
  const halves = address.split('::');
  if (zone === '' || halves.length > 2) return false;
  const count = countWords(halves.flatMap((half) => (half === '' ? [] : half.split(':'))));
  if (count === null) return false;
  return halves.length === 2 ? count < 8 : count === 8;
}

/** How many 16-bit words the groups stand for, an IPv4 address at the end for two; `null`: not groups. */
function countWords(groups: readonly string[]): number | null {
  const endsInIpv4 = groups.at(-1)?.includes('.') ?? false;
  if (endsInIpv4 && !ipv4.test(groups.at(-1) ?? '')) return null;
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null;
  return plain.length + (endsInIpv4 ? 2 : 0);
}
