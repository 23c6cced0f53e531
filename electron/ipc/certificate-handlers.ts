import type { ImportCertificate, KeptCertificate } from '../contract/certificate.ts';
import type { CertificateId } from '../contract/certificate-id.ts';
import { readCertificateFile } from '../security/index.ts';
import { fetchPeerCertificates } from '../servers/index.ts';
import { certificateList, usersOf, type CertificateRecords } from './certificate-list.ts';
import type { Handlers } from './handlers.ts';
import type { FileChooser } from './send-handlers.ts';

export interface CertificateHandlerOptions extends CertificateRecords {
  readonly files: FileChooser;
}

export function certificateHandlers(options: CertificateHandlerOptions): Handlers['certificates'] {
  const { certificates, seen, files, now } = options;
  return {
    list: async () => certificateList(options),
    chooseFiles: () => files.chooseCertificates(),
    importFile: async (input) => shown(await imported(input, options), options),
    remove: async (id) => {
      certificates.remove(id, usersOf(id, options));
      return null;
    },
    fetchPeer: async (input, signal) => {
      const fetched = await fetchPeerCertificates(input, { certificates, now }, signal);
      const [own] = fetched.chain;
      if (input.serverId !== null && own !== undefined) seen.remember(input.serverId, own);
      return fetched;
    },
  };
}

async function imported(
  { kind, file, keyFile, passphrase }: ImportCertificate,
  { certificates, files }: CertificateHandlerOptions,
): Promise<CertificateId> {
  const certificate = await readCertificateFile(files.pathOf(file));
  if (kind === 'authorities') return certificates.importAuthorities(certificate);
  const key = keyFile === null ? {} : { key: await readCertificateFile(files.pathOf(keyFile)) };
  return certificates.importIdentity({ certificate, ...key, passphrase });
}

function shown(id: CertificateId, records: CertificateRecords): KeptCertificate {
  const found = certificateList(records).certificates.find((kept) => kept.id === id);
  if (found === undefined) throw new Error('a certificate is not listed after its import');
  return found;
}
