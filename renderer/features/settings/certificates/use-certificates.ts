import { useState } from 'react';
import type { CertificateId } from '../../../../electron/contract/certificate-id.ts';
import type { CertificateList } from '../../../../electron/contract/certificate.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { Result } from '../../../../electron/contract/result.ts';
import { useKept, useViewer, type Kept } from '../../../bridge/index.ts';
import { useImporting, type ImportActions } from './use-importing.ts';

export interface Certificates extends ImportActions {
  readonly kept: Kept<CertificateList>;
  /** What could not be done last, outside the dialog. */
  readonly failure: Failure | null;
  readonly remove: (id: CertificateId) => void;
}

/** Certificates and what a person does with them. */
export function useCertificates(): Certificates {
  const { certificates } = useViewer();
  const [kept, put] = useKept(certificates.list, certificates.changed);
  const [failure, setFailure] = useState<Failure | null>(null);
  const importing = useImporting(() => setFailure(null), refresh);

  async function refresh(): Promise<void> {
    const result = await certificates.list();
    if (result.ok) put(result.value);
  }

  async function remove(id: CertificateId): Promise<void> {
    const result: Result<null> = await certificates.remove(id);
    setFailure(result.ok ? null : result.failure);
    await refresh();
  }

  return { ...importing, kept, failure, remove: (id) => void remove(id) };
}
