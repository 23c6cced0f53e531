import type { FileAbout } from '../contract/effective-configuration.ts';
import type { LinkDraft, LinkId } from '../contract/link.ts';
import type { Policies } from '../contract/policy.ts';
import type { ServerField } from '../contract/server-fields.ts';
import type { IniProblem, ServerDraft, ServerId } from '../contract/server.ts';
import type { ManagedCertificate } from '../security/index.ts';
import type { AdminLocal } from '../settings/index.ts';

/** A server of the administrator's file that can be used. */
export interface AdminServer {
  readonly id: ServerId;
  readonly file: string;
  /** Where its section begins, from 1. */
  readonly line: number;
  readonly draft: ServerDraft;
  /** Where each field that is said stands. */
  readonly lines: Readonly<Partial<Record<ServerField, number>>>;
}

export interface AdminLink {
  readonly id: LinkId;
  readonly file: string;
  readonly line: number;
  readonly draft: LinkDraft;
}

/** A certificate file that the administrator's file names, for a server or for our listener; it lies beside that file. */
export interface NamedCertificate {
  /** As it is written; the record refers to it as `admin:` and this. */
  readonly name: string;
  readonly kind: 'identity' | 'authorities';
  /** Whether an identity is for those we call, or for those who call us. */
  readonly purpose: 'client' | 'server';
  readonly keyFile: string | null;
  readonly file: string;
  readonly line: number;
}

/** What one of the administrator's files says, with everything in it that could not be obeyed. */
export interface AdminFile {
  readonly file: string;
  readonly servers: readonly AdminServer[];
  /** Not judged yet: they may join servers of several files. */
  readonly links: readonly AdminLink[];
  readonly local: AdminLocal;
  readonly policies: Partial<Policies>;
  readonly about: FileAbout;
  readonly certificates: readonly NamedCertificate[];
  readonly problems: readonly IniProblem[];
}

/** How a file stands with its signature. `not-asked-for`: no public key is installed. */
export type SignatureState = 'not-asked-for' | 'verified' | 'refused';

/** A file as it lay on the disk. */
export interface LoadedAdminFile {
  /** `null`: it could not be read, or is not to be trusted; then `problems` says why. */
  readonly content: AdminFile | null;
  readonly file: string;
  /** Of its bytes, in hex; `null`: they could not be read. */
  readonly sha256: string | null;
  readonly signature: SignatureState;
  /** The certificate files that it names, read: with private keys, so for the certificate book only. */
  readonly certificates: readonly ManagedCertificate[];
  /** Changes when a certificate file that it names does. */
  readonly beside: string;
  readonly problems: readonly IniProblem[];
}

/** What all files together say; of two that contradict each other, the first. */
export interface AdminRecord {
  readonly files: readonly (Pick<LoadedAdminFile, 'file' | 'sha256' | 'signature'> & FileAbout)[];
  readonly servers: readonly AdminServer[];
  readonly links: readonly AdminLink[];
  readonly local: AdminLocal;
  readonly policies: Policies;
  readonly site: string;
  readonly certificates: readonly ManagedCertificate[];
  readonly problems: readonly IniProblem[];
}
