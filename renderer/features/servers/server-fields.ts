import type { ServerFields } from '../../../electron/contract/check-server.ts';
import type { Server } from '../../../electron/contract/server.ts';

/** A new server's form: the classic DICOM port, and certificates verified once TLS is ticked. */
export const emptyFields: ServerFields = {
  name: '',
  aeTitle: '',
  host: '',
  port: '104',
  listenPort: '',
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
};

export function fieldsOf(server: Server): ServerFields {
  return {
    name: server.name,
    aeTitle: server.aeTitle,
    host: server.host,
    port: String(server.port),
    listenPort: server.listenPort === null ? '' : String(server.listenPort),
    preferredCompression: server.preferredCompression,
    description: server.description,
    tls: server.tls,
    verifyCertificate: server.verifyCertificate,
  };
}

export function sameFields(one: ServerFields, other: ServerFields): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** Where this server's retrieves would be awaited as the form stands; `null`: no number yet. */
export function effectiveListenPort({ listenPort, port }: ServerFields): number | null {
  const text = listenPort.trim() === '' ? port.trim() : listenPort.trim();
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : null;
}

/** `Main PACS copy`, `Main PACS copy 2`: a name no server has yet, within the 64 characters of a name. */
export function nameOfCopy(name: string, taken: readonly string[]): string {
  const base = `${name.replace(/ copy(?: \d+)?$/, '').slice(0, 54)} copy`;
  let candidate = base;
  for (let number = 2; taken.includes(candidate); number += 1) candidate = `${base} ${number}`;
  return candidate;
}

function inOrder(fields: ServerFields): readonly unknown[] {
  return [
    fields.name,
    fields.aeTitle,
    fields.host,
    fields.port,
    fields.listenPort,
    fields.preferredCompression,
    fields.description,
    fields.tls,
    fields.verifyCertificate,
  ];
}
