import type { ServerFields } from '../../../electron/contract/server-fields.ts';

/** A server as lines for a mail. What was left empty is left out. */
export function serverText(fields: ServerFields): string {
  const lines: readonly (readonly [name: string, value: string])[] = [
    ['Name', fields.name],
    ['AE title', fields.aeTitle],
    ['Host', fields.host],
    ['Port', fields.host.trim() === '' ? '' : fields.port],
    ['Listen port', fields.listenPort],
    ['TLS', fields.host.trim() === '' ? '' : fields.tls ? 'yes' : 'no'],
    ['Web address', fields.webUrl],
    ['Group', fields.group],
    ['Organisation', fields.organisation],
    ['Contact', fields.contact],
    ['Description', fields.description.replaceAll('\n', ' ')],
  ];
  return lines
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => `${name}: ${value.trim()}`)
    .join('\n');
}
