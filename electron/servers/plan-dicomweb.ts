import type { DicomwebEndpoint } from '../contract/dicomweb-endpoint.ts';
import { FailureError } from '../contract/failure.ts';
import type { ServerDraft, ServerId } from '../contract/server.ts';
import type { DicomwebPlan } from '../dicomweb/index.ts';
import type { CertificateSource, SecretPlace, SecretStore } from '../security/index.ts';
import { tlsOptionsOf, type TlsRecord } from './tls-options.ts';

/** What a server's record says of DICOMweb. */
export type WebRecord = TlsRecord &
  Pick<ServerDraft, 'dicomweb' | 'verifyCertificate'> & {
    readonly timeouts?: Pick<ServerDraft['timeouts'], 'connectMs' | 'responseMs'>;
  };

export interface WebMeans {
  readonly certificates: CertificateSource;
  /** The password or token for this server; `null`: none is kept. */
  readonly secret: string | null;
}

/** Where the password or token of a server belongs; `null`: it has no web address. */
export function secretPlaceOf(id: ServerId, { dicomweb }: Pick<ServerDraft, 'dicomweb'>): SecretPlace | null {
  return dicomweb === null ? null : { owner: id, origin: new URL(dicomweb.baseUrl).origin };
}

/** What is kept for exactly that server at that address. */
export function secretOf(
  id: ServerId | null,
  record: Pick<ServerDraft, 'dicomweb'>,
  secrets: Pick<SecretStore, 'get'>,
): string | null {
  const place = id === null ? null : secretPlaceOf(id, record);
  return place === null ? null : secrets.get(place);
}

/**
 * How to ask this server by DICOMweb. It holds secrets: it must never be shown to a window.
 *
 * @throws FailureError certificate: unknown, key-not-kept, key-locked; input where it has no address for it
 */
export function planDicomweb(record: WebRecord, { certificates, secret }: WebMeans): DicomwebPlan {
  const { dicomweb, verifyCertificate, timeouts } = record;
  if (dicomweb === null) {
    const problem = 'This server has no web address. Enter the one of its DICOMweb service.';
    throw new FailureError({ step: 'input', field: 'baseUrl', problem });
  }
  const { baseUrl, qidoPath, wadoPath, stowPath } = dicomweb;
  const { connectMs = null, responseMs = null } = timeouts ?? {};
  return {
    baseUrl,
    qidoPath,
    wadoPath,
    stowPath,
    authentication: authenticationOf(dicomweb, secret),
    tls: { ...tlsOptionsOf(record, certificates), verify: verifyCertificate },
    timeouts: {
      ...(connectMs === null ? {} : { connectMs }),
      ...(responseMs === null ? {} : { responseMs, idleMs: responseMs }),
    },
  };
}

function authenticationOf(
  { authentication, username }: DicomwebEndpoint,
  secret: string | null,
): DicomwebPlan['authentication'] {
  switch (authentication) {
    case 'none':
      return { kind: 'none' };
    case 'basic':
      return { kind: 'basic', username, password: secret };
    case 'bearer':
      return { kind: 'bearer', token: secret };
  }
}
