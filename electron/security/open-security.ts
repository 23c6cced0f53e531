import { openCertificateBook, type CertificateBook } from './certificate-book.ts';
import type { SecretBox } from './secret-box.ts';
import { openSecretStore, type SecretStore } from './secret-store.ts';
import { openSeenCertificates, type SeenCertificates } from './seen-certificates.ts';

/** What is kept of certificates, keys and passwords. */
export interface Security {
  readonly certificates: CertificateBook;
  readonly secrets: SecretStore;
  readonly seen: SeenCertificates;
  /** `false`: no keyring, so keys and passwords are held in memory and asked for in each session. */
  readonly secretsAreKept: boolean;
}

/** All in one folder, which only its owner may look into. */
export async function openSecurity(options: {
  readonly folder: string;
  readonly box: SecretBox;
  readonly newId: () => string;
  readonly now: () => Date;
}): Promise<Security> {
  const { folder, box } = options;
  return {
    certificates: await openCertificateBook(options),
    secrets: await openSecretStore({ folder, box }),
    seen: openSeenCertificates(folder),
    secretsAreKept: box.available,
  };
}
