import { FailureError } from '../contract/failure.ts';
import {
  speaksDicom,
  type DicomAddress,
  type DicomPeer,
  type Server,
  type ServerId,
} from '../contract/server.ts';
import type { DicomwebPlan } from '../dicomweb/index.ts';
import type { TlsOptions } from '../dimse/index.ts';
import type { CertificateSource, SecretStore } from '../security/index.ts';
import { planDicomweb, secretOf, type WebRecord } from './plan-dicomweb.ts';
import type { ServerBook } from './server-book.ts';
import { tlsOptionsOf, type TlsRecord } from './tls-options.ts';

/** A server's record with what DICOM connections of ours need. It must never be shown to a window. */
export type Reached<Record> = Record & DicomPeer & { readonly tlsOptions?: TlsOptions };

/** A server's record with how it is asked by DICOMweb. It must never be shown to a window. */
export type WebReached<Record> = Record & { readonly web: DicomwebPlan };

/**
 * The server with what its record refers to: certificates and keys, for connections of ours only.
 *
 * @throws FailureError certificate: unknown, key-not-kept, key-locked; input where it has no DICOM
 */
export function reachServer<Record extends TlsRecord & DicomAddress>(
  server: Record,
  certificates: CertificateSource,
): Reached<Record> {
  if (!speaksDicom(server)) {
    const problem = 'This server is asked by DICOMweb only; it has no AE title, host and port.';
    throw new FailureError({ step: 'input', field: 'server', problem });
  }
  return server.tls ? { ...server, tlsOptions: tlsOptionsOf(server, certificates) } : server;
}

/** Where keys and passwords come from. */
export interface ReachMeans {
  readonly certificates: CertificateSource;
  readonly secrets: Pick<SecretStore, 'get'>;
}

/**
 * Gives servers as connections need them, for what may be asked of them.
 *
 * @throws FailureError policy, blocked, input, certificate
 */
export interface ReachingBook {
  sending(id: ServerId): Reached<Server>;
  querying(id: ServerId): Reached<Server> | WebReached<Server>;
  retrieving(id: ServerId): Reached<Server> | WebReached<Server>;
}

export function reachingBook(book: ServerBook, { certificates, secrets }: ReachMeans): ReachingBook {
  const dicom = (server: Server): Reached<Server> => reachServer(server, certificates);
  const web = (server: Server & WebRecord): WebReached<Server> => ({
    ...server,
    web: planDicomweb(server, { certificates, secret: secretOf(server.id, server, secrets) }),
  });
  return {
    sending: (id) => dicom(book.permit(id, 'send')),
    querying: (id) => {
      const server = book.permit(id, 'query');
      return server.protocol === 'dicomweb' ? web(server) : dicom(server);
    },
    retrieving: (id) => {
      const server = book.permit(id, 'retrieve');
      return retrievesByWeb(server) ? web(server) : dicom(server);
    },
  };
}

function retrievesByWeb({ protocol, retrieveMethod }: Pick<Server, 'protocol' | 'retrieveMethod'>): boolean {
  return protocol === 'dicomweb' || (protocol === 'both' && retrieveMethod === 'dicomweb');
}
