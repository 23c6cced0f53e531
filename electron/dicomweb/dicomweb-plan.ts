import type { TlsOptions } from '../dimse/index.ts';

/** Everything needed to ask a server by DICOMweb (PS3.18). It holds secrets: never logged, never shown. */
export interface DicomwebPlan {
  /** `https://pacs.example:8443/dicom-web`, without a slash at its end. */
  readonly baseUrl: string;
  /** What comes between it and the resources of each service; '' or beginning with a slash. */
  readonly qidoPath: string;
  readonly wadoPath: string;
  readonly stowPath: string;
  /** `null` secrets: none is kept here, and nothing is asked without it. */
  readonly authentication:
    | { readonly kind: 'none' }
    | { readonly kind: 'basic'; readonly username: string; readonly password: string | null }
    | { readonly kind: 'bearer'; readonly token: string | null };
  /** For `https://`; without TLS there is nothing to verify. */
  readonly tls: TlsOptions & { readonly verify: boolean };
  readonly timeouts?: Partial<WebTimeouts>;
  readonly limits?: Partial<WebLimits>;
}

/** All in milliseconds. */
export interface WebTimeouts {
  /** Name resolution and TCP together; once more for the TLS handshake. */
  readonly connectMs: number;
  /** From the request to the first line of its answer. */
  readonly responseMs: number;
  /** Silence within an answer. */
  readonly idleMs: number;
}

export const defaultWebTimeouts: WebTimeouts = { connectMs: 10_000, responseMs: 60_000, idleMs: 60_000 };

/** What is taken from a server at most; beyond it the answer is given up. */
export interface WebLimits {
  readonly jsonBytes: number;
  readonly responseHeaderBytes: number;
  readonly partHeaderBytes: number;
  /** Of one object. */
  readonly partBytes: number;
  /** Of one answer, or matches of one search. */
  readonly parts: number;
}

export const defaultWebLimits: WebLimits = {
  jsonBytes: 64 * 1024 * 1024,
  responseHeaderBytes: 32 * 1024,
  partHeaderBytes: 16 * 1024,
  partBytes: 16 * 1024 * 1024 * 1024,
  parts: 200_000,
};
