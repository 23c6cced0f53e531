import { CertificateId } from '../contract/certificate-id.ts';
import type { ServerFields } from '../contract/server-fields.ts';
import type { NamedCertificate } from './admin-file.ts';
import { keyFileKeys } from './ini-keys.ts';
import type { IniReport } from './ini-report.ts';
import type { IniEntry } from './parse-ini.ts';
import type { IniServer } from './read-ini-server.ts';
import type { SectionValues } from './section-values.ts';
import { serverKeys } from './server-keys.ts';

/** The id by which a record refers to a certificate file of the administrator's. */
export function adminCertificateId(name: string): CertificateId {
  return CertificateId.parse(`admin:${name}`);
}

/** A server whose certificates are named by files, with ids in their place; the files are named beside it. */
export function withNamedCertificates(
  server: IniServer,
  file: string,
  report: IniReport,
): { readonly server: IniServer; readonly named: readonly NamedCertificate[] } {
  const named: NamedCertificate[] = [];
  let isSound = true;
  const fields = { ...server.fields };

  for (const [field, kind] of references) {
    const entry = server.entries.get(serverKeys[field]);
    if (entry === undefined || entry.value === null || entry.value === '') continue;
    const problem = problemOf(entry.value);
    if (problem === null) {
      const keyFile = kind === 'identity' ? keyFileOf(server.keyFile, report) : null;
      named.push({ name: entry.value, kind, purpose: 'client', keyFile, file, line: entry.line });
      fields[field] = adminCertificateId(entry.value);
    } else {
      report.error(entry, entry.key, problem);
      fields[field] = '';
      isSound = false;
    }
  }
  return { server: { ...server, fields, id: isSound ? server.id : null }, named };
}

/** What our own listener shows. `null`: nothing usable is named. */
export function namedForListener(
  values: SectionValues,
  file: string,
  report: IniReport,
): NamedCertificate | null {
  const entry = values.entries.get('listen_cert');
  if (entry === undefined || entry.value === null || entry.value === '') return null;
  const problem = problemOf(entry.value);
  const keyFile = keyFileOf(values.entries.get(keyFileKeys.listener) ?? null, report);
  if (problem === null) {
    return { name: entry.value, kind: 'identity', purpose: 'server', keyFile, file, line: entry.line };
  }
  report.error(entry, entry.key, problem);
  return null;
}

const references: readonly (readonly [
  field: keyof ServerFields & ('authorities' | 'clientCertificate'),
  kind: NamedCertificate['kind'],
])[] = [
  ['authorities', 'authorities'],
  ['clientCertificate', 'identity'],
];

function problemOf(name: string): string | null {
  if (name.toLowerCase().startsWith('store:')) {
    return 'Certificates in the system’s own store can’t be used. Put the file beside this one and name it.';
  }
  const isPlain = /^[^/\\:]{1,200}$/.test(name) && name !== '..';
  return isPlain ? null : 'The file lies beside this one, so write its name without a path.';
}

function keyFileOf(entry: IniEntry | null, report: IniReport): string | null {
  if (entry === null || entry.value === null || entry.value === '') return null;
  const problem = problemOf(entry.value);
  if (problem !== null) report.error(entry, entry.key, problem);
  return problem === null ? entry.value : null;
}
