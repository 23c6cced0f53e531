import type { Failure } from './failure.ts';

/** The steps of an echo test, in order; `tls` only where it is ticked. */
export type EchoStepName = 'resolve' | 'connect' | 'tls' | 'associate' | 'echo';

/** One line of the echo test: begun, passed with its facts and milliseconds, or the one that failed. */
export type EchoStep =
  | { readonly kind: 'running'; readonly step: EchoStepName }
  | ({ readonly kind: 'passed'; readonly ms: number } & EchoFacts)
  | { readonly kind: 'failed'; readonly step: EchoStepName; readonly failure: Failure; readonly ms: number };

/** What each passed step found out. */
export type EchoFacts =
  | { readonly step: 'resolve'; readonly addresses: readonly string[] }
  | { readonly step: 'connect'; readonly address: string; readonly localAddress: string }
  | {
      readonly step: 'tls';
      /** As Node names it: TLSv1.2 or TLSv1.3. */
      readonly protocol: string;
      readonly cipher: string;
      readonly subject: string;
      readonly issuer: string;
      readonly daysLeft: number;
      /** ISO 8601. */
      readonly validTo: string;
      /** SHA-256, in pairs of hex digits between colons. */
      readonly fingerprint: string;
      /** By its authority and name, or because it is the one that was pinned. */
      readonly verified: boolean;
    }
  | {
      readonly step: 'associate';
      readonly implementationClassUid: string;
      readonly implementationVersionName: string;
      /** The peer's Maximum Length in bytes; 0 means no limit (PS3.8 §D.1). */
      readonly maximumLengthBytes: number;
    }
  | { readonly step: 'echo'; readonly status: number };
