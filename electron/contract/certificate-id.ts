import { z } from 'zod';

/** Stands for a certificate of ours, or for a bundle of authorities, in a server's record. */
export const CertificateId = z.string().min(1).max(256).brand<'CertificateId'>();
export type CertificateId = z.infer<typeof CertificateId>;

/** SHA-256 over a whole certificate: pairs of hex digits between colons, as OpenSSL and browsers show it. */
export const Fingerprint = z
  .string()
  .transform(
    (text) =>
      text
        .replaceAll(/[\s:-]/g, '')
        .toUpperCase()
        .match(/.{1,2}/g)
        ?.join(':') ?? '',
  )
  .pipe(
    z
      .string()
      .regex(
        /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/,
        'This is not a SHA-256 fingerprint: it has 64 hexadecimal digits. Copy it anew.',
      ),
  );
export type Fingerprint = z.infer<typeof Fingerprint>;
