import type { CertificateList, KeptCertificate } from '../contract/certificate.ts';
import type { CertificateId } from '../contract/certificate-id.ts';
import type { Server } from '../contract/server.ts';
import {
  expiryWarnings,
  type CertificateBook,
  type ExpiringCertificate,
  type SeenCertificates,
} from '../security/index.ts';
import type { ServerBook, TlsRecord } from '../servers/index.ts';
import type { Settings } from '../settings/index.ts';

export interface CertificateRecords {
  readonly certificates: CertificateBook;
  readonly seen: SeenCertificates;
  readonly book: ServerBook;
  readonly settings: Pick<Settings, 'current' | 'onChange'>;
  /** Whether the system's keyring keeps secrets. */
  readonly secretsAreKept: boolean;
  readonly now: () => Date;
}

/** Everything the window shows of certificates, with what runs out soon. */
export function certificateList(records: CertificateRecords): CertificateList {
  const certificates = records.certificates
    .list()
    .map((kept) => ({ ...kept, usedBy: usersOf(kept.id, records) }));
  const expiring = [...ours(certificates), ...theirs(records)];
  return {
    certificates,
    secretsAreKept: records.secretsAreKept,
    warnings: expiryWarnings(expiring, records.now()),
  };
}

/** Names of the servers whose records refer to it, and our own where our listener shows it. */
export function usersOf(
  id: CertificateId,
  { book, settings }: Pick<CertificateRecords, 'book' | 'settings'>,
): readonly string[] {
  const { aeTitle, listenCertificate } = settings.current();
  const servers = book.list().servers.filter((server) => referencesOf(server).includes(id));
  return [...(listenCertificate === id ? [aeTitle] : []), ...servers.map(({ name }) => name)];
}

function referencesOf({ authorities, clientCertificate }: TlsRecord): readonly unknown[] {
  return [authorities, clientCertificate];
}

/** A bundle may hold a hundred authorities: it is worth a warning only where a server rests on it. */
function ours(certificates: readonly KeptCertificate[]): readonly ExpiringCertificate[] {
  return certificates.flatMap(({ id, kind, certificates: all, usedBy }) => {
    const missed = kind === 'identity' ? all.slice(0, 1) : all;
    if (kind === 'authorities' && usedBy.length === 0) return [];
    return missed.map(({ subject, validTo }) => ({ whose: { kind, id }, subject, validTo }));
  });
}

function theirs({ seen, book }: CertificateRecords): readonly ExpiringCertificate[] {
  const shown = seen.all();
  return book.list().servers.flatMap((server: Server) => {
    const certificate = shown.get(server.id);
    if (certificate === undefined) return [];
    const { subject, validTo } = certificate;
    return [{ whose: { kind: 'server', id: server.id, name: server.name }, subject, validTo }];
  });
}
