import type { AeTitle } from '../contract/ae-title.ts';
import type { CertificateId } from '../contract/certificate-id.ts';

/** A value the administrator's file gives, and where it stands. */
export interface AdminLocalValue<Value> {
  readonly value: Value;
  readonly file: string;
  readonly line: number;
  /** `false`: a default that the person may change. */
  readonly locked: boolean;
}

/** What the administrator's files say about this viewer itself; `null`: nothing. */
export interface AdminLocal {
  readonly aeTitle: AdminLocalValue<AeTitle> | null;
  readonly listenPort: AdminLocalValue<number> | null;
  readonly listenAddress: AdminLocalValue<string> | null;
  readonly listenTls: AdminLocalValue<boolean> | null;
  /** Its file lies beside the administrator's. */
  readonly listenCertificate: AdminLocalValue<CertificateId> | null;
  readonly unknownClasses: AdminLocalValue<boolean> | null;
  readonly archiveFolder: AdminLocalValue<string> | null;
}

export const noAdminLocal: AdminLocal = {
  aeTitle: null,
  listenPort: null,
  listenAddress: null,
  listenTls: null,
  listenCertificate: null,
  unknownClasses: null,
  archiveFolder: null,
};
