import { useState } from 'react';
import type { ImportCertificate } from '../../../../electron/contract/certificate.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { FileGrant } from '../../../../electron/contract/send.ts';
import { useGrantFiles, useViewer } from '../../../bridge/index.ts';
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

export interface ImportActions {
  /** `null`: nothing is being imported. */
  readonly isImporting: Importing | null;
  readonly startImport: (kind: Importing['kind']) => void;
  /** Begins with what was dropped. */
  readonly takeDropped: (files: readonly File[]) => void;
  readonly chooseFile: (which: 'file' | 'keyFile') => void;
  readonly changePassphrase: (passphrase: string) => void;
  readonly finishImport: () => void;
  readonly closeImport: () => void;
}

const nothingChosen = { file: null, keyFile: null, passphrase: '', isBusy: false, failure: null } as const;

/** The import of one certificate, step by step. */
export function useImporting(onBegun: () => void, onImported: () => Promise<void>): ImportActions {
  const { certificates } = useViewer();
  const grantFiles = useGrantFiles();
  const [importing, setImporting] = useState<Importing | null>(null);
  const change = (changes: Partial<Importing>): void =>
    setImporting((before) => (before === null ? null : { ...before, ...changes }));

  function begin(chosen: Pick<Importing, 'kind'> & Partial<Importing>): void {
    onBegun();
    setImporting({ ...nothingChosen, ...chosen });
  }

  async function takeDropped(files: readonly File[]): Promise<void> {
    const dropped = sortedOut(await grantFiles(files));
    if (dropped !== null) begin(dropped);
  }

  async function chooseFile(which: 'file' | 'keyFile'): Promise<void> {
    const chosen = await certificates.chooseFiles();
    if (!chosen.ok) return change({ failure: chosen.failure });
    const [first, second] = chosen.value;
    if (first === undefined) return;
    // Certificate and key are often chosen together: main tells which is which.
    if (which === 'file' && second !== undefined) change({ file: first, keyFile: second, failure: null });
    else change({ [which]: first, failure: null });
  }

  async function finishImport({ kind, file, keyFile, passphrase }: Importing): Promise<void> {
    if (file === null) return;
    change({ isBusy: true, failure: null });
    const files = { file: file.id, keyFile: keyFile?.id ?? null };
    const result = await certificates.importFile({ kind, ...files, passphrase });
    if (!result.ok) return change({ isBusy: false, failure: result.failure });
    setImporting(null);
    await onImported();
  }

  return {
    isImporting: importing,
    startImport: (kind) => begin({ kind }),
    takeDropped: (files) => void takeDropped(files),
    chooseFile: (which) => void chooseFile(which),
    changePassphrase: (passphrase) => change({ passphrase, failure: null }),
    finishImport: () => {
      if (importing !== null) void finishImport(importing);
    },
    closeImport: () => setImporting(null),
  };
}
