import { useState } from 'react';
import type { CertificateId } from '../../../../electron/contract/certificate-id.ts';
import type { CertificateList, ImportCertificate } from '../../../../electron/contract/certificate.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { Result } from '../../../../electron/contract/result.ts';
import type { FileGrant } from '../../../../electron/contract/send.ts';
import { useGrantFiles, useKept, useViewer, type Kept } from '../../../bridge/index.ts';
import { sortedOut } from './dropped-files.ts';

/** What is being imported, as far as the person has said. */
export interface Importing {
  readonly kind: ImportCertificate['kind'];
  readonly file: FileGrant | null;
  readonly keyFile: FileGrant | null;
  readonly passphrase: string;
  readonly isBusy: boolean;
  /** Why it was not taken; `null`: not tried yet. */
  readonly failure: Failure | null;
}

export interface Certificates {
  readonly kept: Kept<CertificateList>;
  /** What could not be done last, outside the dialog. */
  readonly failure: Failure | null;
  /** `null`: nothing is being imported. */
  readonly isImporting: Importing | null;
  readonly startImport: (kind: Importing['kind']) => void;
  /** Begins with what was dropped. */
  readonly takeDropped: (files: readonly File[]) => void;
  readonly chooseFile: (which: 'file' | 'keyFile') => void;
  readonly changePassphrase: (passphrase: string) => void;
  readonly finishImport: () => void;
  readonly closeImport: () => void;
  readonly remove: (id: CertificateId) => void;
}

const nothingChosen = { file: null, keyFile: null, passphrase: '', isBusy: false, failure: null } as const;

/** Certificates and what a person does with them. */
export function useCertificates(): Certificates {
  const { certificates } = useViewer();
  const grantFiles = useGrantFiles();
  const [kept, put] = useKept(certificates.list, certificates.changed);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [importing, setImporting] = useState<Importing | null>(null);
  const change = (changes: Partial<Importing>): void =>
    setImporting((before) => (before === null ? null : { ...before, ...changes }));

  async function chooseFile(which: 'file' | 'keyFile'): Promise<void> {
    const chosen = await certificates.chooseFiles();
    if (!chosen.ok) return change({ failure: chosen.failure });
    const [first, second] = chosen.value;
    if (first === undefined) return;
    // Certificate and key are often chosen together: main tells which is which.
    if (which === 'file' && second !== undefined) change({ file: first, keyFile: second, failure: null });
    else change({ [which]: first, failure: null });
  }

  async function takeDropped(files: readonly File[]): Promise<void> {
    const dropped = sortedOut(await grantFiles(files));
    if (dropped === null) return;
    setFailure(null);
    setImporting({ ...nothingChosen, ...dropped });
  }

  async function finishImport({ kind, file, keyFile, passphrase }: Importing): Promise<void> {
    if (file === null) return;
    change({ isBusy: true, failure: null });
    const result = await certificates.importFile({
      kind,
      file: file.id,
      keyFile: keyFile?.id ?? null,
      passphrase,
    });
    if (!result.ok) return change({ isBusy: false, failure: result.failure });
    setImporting(null);
    await refresh();
  }

  async function refresh(): Promise<void> {
    const result = await certificates.list();
    if (result.ok) put(result.value);
  }

  async function remove(id: CertificateId): Promise<void> {
    const result: Result<null> = await certificates.remove(id);
    setFailure(result.ok ? null : result.failure);
    await refresh();
  }

  return {
    kept,
    failure,
    isImporting: importing,
    startImport: (kind) => {
      setFailure(null);
      setImporting({ ...nothingChosen, kind });
    },
    takeDropped: (files) => void takeDropped(files),
    chooseFile: (which) => void chooseFile(which),
    changePassphrase: (passphrase) => change({ passphrase, failure: null }),
    finishImport: () => {
      if (importing !== null) void finishImport(importing);
    },
    closeImport: () => setImporting(null),
    remove: (id) => void remove(id),
  };
}
