import type { KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../contract/certificate.ts';
import type { FailureError } from '../contract/failure.ts';
import { certificateFailure } from './certificate-failure.ts';
import { describeCertificate, nameOf } from './describe-certificate.ts';
import { isPkcs12, openPkcs12 } from './pkcs12/open-pkcs12.ts';
import { readCertificates } from './read-certificates.ts';
import { readPrivateKey } from './read-private-key.ts';

export interface IdentityFiles {
  /** PKCS#12 (.p12, .pfx) with certificate and key; or a certificate, PEM or DER, PEM with its chain. */
  readonly certificate: Uint8Array;
  /** The private key, where it isn't in the same file. */
  readonly key?: Uint8Array;
  /** Of the key or of the whole PKCS#12 file. */
  readonly passphrase?: string;
}

export interface IdentityUse {
  /** `either`: it is not decided yet. */
  readonly purpose: IdentityPurpose | 'either';
  readonly now: Date;
}

/** Whether we show it to those we call, or to those who call us. */
export type IdentityPurpose = 'client' | 'server';

export interface LoadedIdentity {
  /** PEM, as TLS takes it; the key is not encrypted any more, and is for memory only. */
  readonly identity: { readonly cert: string; readonly key: string };
  readonly certificate: CertificateFacts;
}

/**
 * Reads a certificate with its private key and makes sure that it can be used now. Nothing that comes
 * along in the file becomes trusted by it.
 *
 * @throws FailureError certificate
 */
export function loadIdentity(files: IdentityFiles, use: IdentityUse): LoadedIdentity {
  const { certificates, keys } = readAll(files);
  if (certificates.length === 0) throw certificateFailure('no-certificate');
  if (keys.length === 0) throw certificateFailure('no-private-key');
  const { own, key } = pairOf(certificates, keys);
  judge(own, use);
  const chain = chainOf(own, certificates);
  return {
    identity: {
      cert: chain.map((certificate) => certificate.toString()).join(''),
      key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    },
    certificate: describeCertificate(own, use.now),
  };
}

interface Found {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}

function readAll({ certificate, key, passphrase = '' }: IdentityFiles): Found {
  if (key === undefined && isPkcs12(certificate)) return openPkcs12(certificate, passphrase);
  const certificates = readCertificates(certificate);
  if (certificates.length === 0) throw certificateFailure('no-certificate');
  return { certificates, keys: [readPrivateKey(key ?? certificate, passphrase)] };
}

function pairOf(
  certificates: readonly X509Certificate[],
  keys: readonly KeyObject[],
): { readonly own: X509Certificate; readonly key: KeyObject } {
  for (const own of certificates) {
    const key = keys.find((candidate) => own.checkPrivateKey(candidate));
    if (key !== undefined) return { own, key };
  }
  throw certificateFailure('key-mismatch');
}

/** Extended key usages (RFC 5280 §4.2.1.12); a certificate without any may be used for all. */
const usages = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2', any: '2.5.29.37.0' };

function judge(own: X509Certificate, { purpose, now }: IdentityUse): void {
  const said = (date: Date): string => `${nameOf(own.subject)}, ${date.toISOString().slice(0, 10)}`;
  if (now > own.validToDate) throw certificateFailure('expired', said(own.validToDate));
  if (now < own.validFromDate) throw certificateFailure('not-yet-valid', said(own.validFromDate));
  const purposes = purpose === 'either' ? (['client', 'server'] as const) : [purpose];
  if (!purposes.some((each) => isMeantFor(own, each))) throw wrongUsage(own);
}

/** @throws FailureError certificate: wrong-usage */
export function refuseOtherUsage(own: X509Certificate, purpose: IdentityPurpose): void {
  if (!isMeantFor(own, purpose)) throw wrongUsage(own);
}

function isMeantFor(own: X509Certificate, purpose: IdentityPurpose): boolean {
  const listed: readonly string[] | undefined = own.keyUsage;
  return listed === undefined || listed.includes(usages[purpose]) || listed.includes(usages.any);
}

function wrongUsage(own: X509Certificate): FailureError {
  return certificateFailure('wrong-usage', nameOf(own.subject));
}

/** From our own up to its authority, as far as the file goes; whatever else is in it stays out. */
function chainOf(own: X509Certificate, all: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [own];
  const rest = new Set(all.filter((certificate) => certificate !== own));
  for (let last = own; ;) {
    const issuer = [...rest].find((candidate) => last.checkIssued(candidate));
    if (issuer === undefined) return chain;
    rest.delete(issuer);
    chain.push(issuer);
    last = issuer;
  }
}
