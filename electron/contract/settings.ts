import { z } from 'zod';
import { AeTitle } from './ae-title.ts';
import type { Failure, TlsCause } from './failure.ts';
import { CertificateId } from './certificate-id.ts';
import { Port } from './server.ts';

/** What a person may set; the archive folder is chosen by a dialog, so it arrives as a grant. */
export const SettingsDraft = z.object({
  aeTitle: AeTitle,
  listenPort: Port,
  listenAddress: z
    .string()
    .trim()
    .min(
      1,
      'The listen address is missing. Enter 127.0.0.1 for this computer only, 0.0.0.0 for all networks.',
    )
    .max(253, 'The listen address has more than 253 characters. Shorten it.'),
  /** At every port of ours; nothing is taken in plain then. */
  listenTls: z.boolean(),
  /** What is shown to those who connect; `null`: nothing, so that TLS can't be had. */
  listenCertificate: CertificateId.nullable(),
  /** Objects of a manufacturer's own SOP class, of which nothing is known here, are kept as well. */
  unknownClasses: z.boolean(),
});
export type SettingsDraft = z.infer<typeof SettingsDraft>;

export type SettingOrigin =
  | { readonly kind: 'default' | 'user' }
  | { readonly kind: 'administrator'; readonly file: string; readonly line: number };

/** A value, where it comes from, and whether the administrator allows another. */
export interface Setting<Value> {
  readonly value: Value;
  readonly origin: SettingOrigin;
  readonly locked: boolean;
}

export type ListenerState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'listening'; readonly address: string; readonly port: number; readonly tls: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryInMs: number };

/** Somebody who was not let in at a port of ours for want of TLS, or for TLS where we speak none. */
export interface RefusedPeer {
  /** '' where it had gone before it was known. */
  readonly remoteAddress: string;
  readonly cause: TlsCause | 'tls-peer';
  /** ISO 8601. */
  readonly at: string;
}

export interface SettingsView {
  readonly aeTitle: Setting<string>;
  readonly listenPort: Setting<number>;
  readonly listenAddress: Setting<string>;
  readonly listenTls: Setting<boolean>;
  readonly listenCertificate: Setting<CertificateId | null>;
  readonly unknownClasses: Setting<boolean>;
  readonly archiveFolder: Setting<string>;
  readonly listener: ListenerState;
  /** The last one since the start; `null`: nobody. */
  readonly refusedPeer: RefusedPeer | null;
  /** A settings file that could not be read was kept under this name. */
  readonly brokenSettingsKeptAs: string | null;
  /** This computer's addresses, for the person who must tell the server's administrator. */
  readonly localAddresses: readonly string[];
  readonly version: string;
}
