import { X509Certificate } from 'node:crypto';
import type { CertificateOrigin, KeptCertificate, SecretKept } from '../contract/certificate.ts';
import { CertificateId } from '../contract/certificate-id.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import { certificateFailure } from './certificate-failure.ts';
import { openCertificateStore, type CertificateStore, type StoredCertificate } from './certificate-store.ts';
import { describeCertificate } from './describe-certificate.ts';
import { loadAuthorities } from './load-authorities.ts';
import {
  loadIdentity,
  refuseOtherUsage,
  type IdentityFiles,
  type IdentityPurpose,
  type LoadedIdentity,
} from './load-identity.ts';
import { sortIdentityFiles } from './sort-identity-files.ts';
import type { SecretBox } from './secret-box.ts';

/** A certificate file that stands beside the administrator's file. */
export interface ManagedCertificate {
  /** By which the administrator's file names it; its id is `admin:` and this. */
  readonly name: string;
  readonly kind: 'identity' | 'authorities';
  readonly files: IdentityFiles;
  /** The administrator's file, and the line that names it. */
  readonly file: string;
  readonly line: number;
}

/** What connections need of the book. */
export interface CertificateSource {
  /**
   * PEM; for those we call unless told.
   *
   * @throws FailureError certificate: unknown, key-not-kept, key-locked, wrong-usage
   */
  identityFor(id: CertificateId, purpose?: IdentityPurpose): LoadedIdentity['identity'];
  /** PEM, one each. @throws FailureError certificate: unknown */
  authoritiesFor(id: CertificateId): readonly string[];
}

/** Certificates of ours, and authorities for the servers that refer to them; keys never leave main. */
export interface CertificateBook extends CertificateSource {
  /** The administrator's first. `usedBy` is for the caller to fill, who knows the servers. */
  list(): readonly Omit<KeptCertificate, 'usedBy'>[];
  /**
   * The same certificate again takes the place, and the id, of the one that was here.
   *
   * @throws FailureError certificate
   */
  importIdentity(files: IdentityFiles): Promise<CertificateId>;
  /** @throws FailureError certificate */
  importAuthorities(file: Uint8Array): Promise<CertificateId>;
  /** @throws FailureError certificate: unknown, in-use with the names; managed */
  remove(id: CertificateId, usedBy: readonly string[]): void;
  /** What the administrator's file names, instead of what it named before. @returns what can't be used */
  manage(certificates: readonly ManagedCertificate[]): readonly ManagedProblem[];
  /** @returns stops listening */
  onChange(listener: () => void): () => void;
}

export interface ManagedProblem {
  readonly name: string;
  readonly failure: Failure;
}

export interface CertificateBookOptions {
  readonly folder: string;
  readonly box: SecretBox;
  readonly newId: () => string;
  readonly now: () => Date;
}

interface Entry {
  readonly id: CertificateId;
  readonly kind: 'identity' | 'authorities';
  readonly origin: CertificateOrigin;
  readonly addedAt: string;
  readonly certificates: readonly string[];
  readonly key: Key | null;
}

/** `pem: null`: it can't be had. */
interface Key {
  readonly kept: SecretKept;
  readonly pem: string | null;
}

/** Unlocks what the secret box has sealed; a key that it can't open is asked for again. */
export async function openCertificateBook(options: CertificateBookOptions): Promise<CertificateBook> {
  const { box, newId, now } = options;
  const store = openCertificateStore(options.folder);
  const own = new Map<CertificateId, Entry>();
  for (const stored of store.readAll()) own.set(stored.id, await unlocked(stored, box));
  let managed = new Map<CertificateId, Entry>();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const entryOf = (id: CertificateId): Entry => {
    const entry = managed.get(id) ?? own.get(id);
    if (entry === undefined) throw certificateFailure('unknown');
    return entry;
  };

  async function put(kind: Entry['kind'], certificates: readonly string[], pem: string | null) {
    const known = sameAs(own, kind, certificates);
    const key: Key | null = pem === null ? null : { kept: box.available ? 'sealed' : 'session', pem };
    const id = known?.id ?? CertificateId.parse(newId());
    const entry: Entry = {
      id,
      kind,
      origin: { kind: 'user' },
      addedAt: now().toISOString(),
      certificates,
      key,
    };
    await keep(entry, store, box);
    own.set(id, entry);
    changed();
    return id;
  }

  return {
    list: () => [...managed.values(), ...own.values()].map((entry) => shown(entry, now())),
    identityFor: (id, purpose = 'client') => identityOf(entryOf(id), purpose),
    authoritiesFor: (id) => entryOf(id).certificates,
    importIdentity: async (files) => {
      const { identity } = loadIdentity(sortIdentityFiles(files), { purpose: 'either', now: now() });
      return put('identity', blocksOf(identity.cert), identity.key);
    },
    importAuthorities: async (file) => put('authorities', loadAuthorities(file), null),
    remove: (id, usedBy) => {
      const { origin } = entryOf(id);
      if (origin.kind === 'administrator')
        throw new FailureError({ step: 'managed', file: origin.file, line: origin.line });
      if (usedBy.length > 0) throw certificateFailure('in-use', usedBy.join(', '));
      store.remove(id);
      own.delete(id);
      changed();
    },
    manage: (certificates) => {
      const read = certificates.map((certificate) => readManaged(certificate, now()));
      managed = new Map(read.flatMap((each) => ('entry' in each ? [[each.entry.id, each.entry]] : [])));
      changed();
      return read.flatMap((each) => ('problem' in each ? [each.problem] : []));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function unlocked(stored: StoredCertificate, box: SecretBox): Promise<Entry> {
  const { id, kind, addedAt, certificates, sealedKey } = stored;
  const entry = { id, kind, addedAt, certificates, origin: { kind: 'user' } } as const;
  if (kind === 'authorities') return { ...entry, key: null };
  if (sealedKey === null) return { ...entry, key: { kept: 'missing', pem: null } };
  try {
    const opened = await box.open(Buffer.from(sealedKey, 'base64'));
    return { ...entry, key: { kept: 'sealed', pem: Buffer.from(opened).toString('utf8') } };
  } catch {
    return { ...entry, key: { kept: 'locked', pem: null } };
  }
}

/** The certificate itself is public; its key is written only as the keyring sealed it. */
async function keep(entry: Entry, store: CertificateStore, box: SecretBox): Promise<void> {
  const { id, kind, addedAt, certificates, key } = entry;
  const sealed =
    key?.kept === 'sealed' && key.pem !== null ? await box.seal(Buffer.from(key.pem, 'utf8')) : null;
  store.put({
    version: 1,
    id,
    kind,
    addedAt,
    certificates: [...certificates],
    sealedKey: sealed === null ? null : Buffer.from(sealed).toString('base64'),
  });
}

function readManaged(
  { name, kind, files, file, line }: ManagedCertificate,
  now: Date,
): { readonly entry: Entry } | { readonly problem: ManagedProblem } {
  const entry = {
    id: CertificateId.parse(`admin:${name}`),
    kind,
    origin: { kind: 'administrator', file, line },
    addedAt: now.toISOString(),
  } as const;
  try {
    if (kind === 'authorities') {
      return { entry: { ...entry, certificates: loadAuthorities(files.certificate), key: null } };
    }
    const { identity } = loadIdentity(files, { purpose: 'either', now });
    const key = { kept: 'file', pem: identity.key } as const;
    return { entry: { ...entry, certificates: blocksOf(identity.cert), key } };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { problem: { name, failure: thrown.failure } };
  }
}

function identityOf({ certificates, key }: Entry, purpose: IdentityPurpose): LoadedIdentity['identity'] {
  if (key === null) throw certificateFailure('unknown');
  if (key.pem === null) throw certificateFailure(key.kept === 'locked' ? 'key-locked' : 'key-not-kept');
  refuseOtherUsage(new X509Certificate(certificates[0] ?? ''), purpose);
  return { cert: certificates.join(''), key: key.pem };
}

/** An identity is the same by its own certificate, whatever chain it brings; a bundle by all it holds. */
function sameAs(
  own: ReadonlyMap<CertificateId, Entry>,
  kind: Entry['kind'],
  certificates: readonly string[],
): Entry | undefined {
  const told = (pems: readonly string[]): string => (kind === 'identity' ? pems.slice(0, 1) : pems).join('');
  return [...own.values()].find(
    (entry) => entry.kind === kind && told(entry.certificates) === told(certificates),
  );
}

function shown({ certificates, key, ...entry }: Entry, now: Date): Omit<KeptCertificate, 'usedBy'> {
  return {
    ...entry,
    certificates: certificates.map((pem) => describeCertificate(new X509Certificate(pem), now)),
    key: key?.kept ?? null,
  };
}

function blocksOf(pems: string): readonly string[] {
  return pems.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ?? [];
}
