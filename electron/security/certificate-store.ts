import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CertificateId } from '../contract/certificate-id.ts';
import { readJsonFile, writePrivateFile } from './private-file.ts';

const StoredCertificate = z.object({
  version: z.literal(1),
  id: CertificateId,
  kind: z.enum(['identity', 'authorities']),
  addedAt: z.string(),
  /** PEM, one each. */
  certificates: z.array(z.string()).min(1),
  /** The private key as the secret box sealed it, in base64; `null`: it has none, or it is not kept. */
  sealedKey: z.base64().nullable(),
});

/** A certificate as it lies on disk: what is public of it, and its key only if sealed. */
export type StoredCertificate = z.infer<typeof StoredCertificate>;

export interface CertificateStore {
  /** Those that can be read; the others stay where they are. */
  readAll(): readonly StoredCertificate[];
  put(stored: StoredCertificate): void;
  remove(id: CertificateId): void;
}

/** A folder with a file for each, which only its owner may read. */
export function openCertificateStore(folder: string): CertificateStore {
  return {
    readAll: () =>
      namesIn(folder).flatMap((name) => {
        const stored = StoredCertificate.safeParse(readJsonFile(join(folder, name))).data;
        return stored !== undefined && fileName(stored.id) === name ? [stored] : [];
      }),
    put: (stored) => writePrivateFile(join(folder, fileName(stored.id)), JSON.stringify(stored, null, 2)),
    remove: (id) => rmSync(join(folder, fileName(id)), { force: true }),
  };
}

function namesIn(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .toSorted();
}

const suffix = '.certificate.json';

function fileName(id: CertificateId): string {
  return `${encodeURIComponent(id)}${suffix}`;
}
