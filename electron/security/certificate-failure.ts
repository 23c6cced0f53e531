import { FailureError } from '../contract/failure.ts';
import type { CertificateCause } from '../contract/failure.ts';

/** `detail` may name the file's part or the certificate; never the password. */
export function certificateFailure(cause: CertificateCause, detail = '', error?: unknown): FailureError {
  return new FailureError({ step: 'certificate', cause, detail }, { cause: error });
}
