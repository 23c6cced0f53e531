import type { CertificateList } from '../contract/certificate.ts';
import { certificateList, type CertificateRecords } from './certificate-list.ts';

/** A window may stay open for weeks, and days go by. */
const everyMs = 6 * 60 * 60 * 1_000;

/**
 * Tells of certificates whenever something about them has changed, and now and then because time has.
 *
 * @returns stops watching
 */
export function watchCertificates(
  records: CertificateRecords,
  publish: (list: CertificateList) => void,
): () => void {
  const tell = (): void => publish(certificateList(records));
  const endings = [records.certificates, records.seen, records.book, records.settings].map((each) =>
    each.onChange(tell),
  );
  const timer = setInterval(tell, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    for (const end of endings) end();
  };
}
