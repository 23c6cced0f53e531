import type { ActionName, UseReason } from './action.ts';
import type { PolicyName } from './policy.ts';

/**
 * Every way a conversation with another AE, the disk or a person can fail, named by the step that
 * failed: resolve → connect → tls → associate → negotiate → respond, and what lies beside them.
 *
 * Plain JSON, so it crosses to the renderer as it is. Numbers are the standard's own; they become
 * words only in `describe-failure.ts`.
 */
export type Failure =
  | { readonly step: 'resolve'; readonly host: string }
  | {
      readonly step: 'connect';
      readonly host: string;
      readonly port: number;
      readonly cause: 'refused' | 'unreachable' | 'timed-out';
    }
  | { readonly step: 'tls'; readonly cause: TlsCause; readonly detail: string }
  /** A certificate, key or revocation list of ours that was to be used. */
  | { readonly step: 'certificate'; readonly cause: CertificateCause; readonly detail: string }
  /** A-ASSOCIATE-RJ: result, source and reason of PS3.8 Table 9-21. */
  | {
      readonly step: 'associate';
      readonly cause: 'rejected';
      readonly result: number;
      readonly source: number;
      readonly reason: number;
    }
  /** A-ABORT while the association was being made: source and reason of PS3.8 Table 9-26. */
  | {
      readonly step: 'associate';
      readonly cause: 'aborted';
      readonly source: number;
      readonly reason: number;
    }
  /** `tls-peer`: the answer was a TLS record, so the port expects TLS; `malformed`: not DICOM at all. */
  | { readonly step: 'associate'; readonly cause: 'closed' | 'timed-out' | 'malformed' | 'tls-peer' }
  /** The Maximum Length that the peer announced (PS3.8 §D.1) is too short to work with. */
  | { readonly step: 'associate'; readonly cause: 'maximum-length'; readonly maximumLengthBytes: number }
  /** No accepted presentation context: result of PS3.8 Table 9-18; 0 when the peer did not answer it. */
  | {
      readonly step: 'negotiate';
      readonly sopClassUid: string;
      readonly transferSyntaxUid: string | null;
      readonly result: number;
    }
  /** A failure status (PS3.7 Annex C) with Error Comment (0000,0902) and Offending Element (0000,0901). */
  | {
      readonly step: 'respond';
      readonly cause: 'status';
      readonly command: DimseCommand;
      readonly status: number;
      readonly comment: string | null;
      readonly offendingElements: readonly string[];
    }
  | { readonly step: 'respond'; readonly cause: 'aborted' | 'closed' | 'timed-out' | 'malformed' }
  /** DICOMweb (PS3.18): `status` is HTTP's, `null` where none came; `detail` never holds the answer's body. */
  | {
      readonly step: 'http';
      readonly service: 'QIDO-RS' | 'WADO-RS' | 'STOW-RS';
      readonly cause: HttpCause;
      readonly status: number | null;
      readonly detail: string;
    }
  /** Our own listener could not be had. */
  | {
      readonly step: 'listen';
      readonly address: string;
      readonly port: number;
      readonly cause: 'in-use' | 'denied' | 'no-such-address' | 'broken';
    }
  /** It was to be had with TLS only, and what TLS needs is not there; `none-chosen`: no certificate is named. */
  | {
      readonly step: 'listen';
      readonly address: string;
      readonly port: number;
      readonly cause: 'certificate';
      readonly why: CertificateCause | 'none-chosen';
    }
  | { readonly step: 'storage'; readonly cause: StorageCause; readonly detail: string }
  /** A file that was to be sent or read. */
  | { readonly step: 'file'; readonly cause: FileCause; readonly detail: string }
  /** The peer said it was done, and these instances never came. */
  | { readonly step: 'arrive'; readonly expected: number; readonly arrived: number }
  | { readonly step: 'input'; readonly field: string; readonly problem: string }
  /** What the administrator's file set can't be changed here. */
  | { readonly step: 'managed'; readonly file: string; readonly line: number }
  /** The administrator's file forbids it. */
  | { readonly step: 'policy'; readonly policy: PolicyName; readonly file: string; readonly line: number }
  /** It is not to be asked of this server: by its status, its role, or the links that are written down. */
  | { readonly step: 'blocked'; readonly action: ActionName; readonly reason: UseReason }
  | { readonly step: 'cancelled' }
  | { readonly step: 'internal'; readonly incident: string };

/**
 * `certificate-refused`: the other side did not accept the certificate that we showed it.
 * `pin-mismatch`: it is not the certificate that a person had pinned; `detail` has both fingerprints.
 */
export type TlsCause =
  | 'unknown-ca'
  | 'self-signed'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'wrong-usage'
  | 'wrong-name'
  | 'pin-mismatch'
  | 'client-certificate-required'
  | 'certificate-refused'
  | 'protocol'
  | 'cipher'
  | 'plain-peer'
  | 'closed'
  | 'timed-out'
  | 'handshake';

/**
 * `wrong-usage`: it says what it is for, and this is not among it. `unknown`: a server's record refers to
 * one that is not here. `key-not-kept`: its private key must be given again in this session. `key-locked`:
 * the system's keyring does not open it any more. `in-use`: `detail` has the names of the servers.
 */
export type CertificateCause =
  | 'unreadable'
  | 'no-certificate'
  | 'no-private-key'
  | 'password-needed'
  | 'wrong-password'
  | 'unsupported-encryption'
  | 'key-mismatch'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-usage'
  | 'unknown'
  | 'key-not-kept'
  | 'key-locked'
  | 'in-use';

/**
 * `credentials-missing`: a password or token is wanted and none is kept here. `not-dicomweb`: an answer of
 * another kind than was asked for. `interrupted`: it ended before it was whole.
 */
export type HttpCause =
  | 'credentials-missing'
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'not-allowed'
  | 'not-acceptable'
  | 'busy'
  | 'server-error'
  | 'not-supported'
  | 'redirected'
  | 'unexpected-status'
  | 'not-http'
  | 'not-dicomweb'
  | 'malformed'
  | 'too-large'
  | 'interrupted'
  | 'timed-out';

/**
 * `conflict`: the archive holds this SOP Instance UID with other content; `mismatch`: the dataset's
 * own UIDs differ from the command's; `limit`: more came on one association than is taken, `detail` says
 * of what.
 */
export type StorageCause = 'full' | 'denied' | 'conflict' | 'mismatch' | 'unreadable' | 'limit' | 'broken';

/**
 * `not-transcodable`: a copy of it in another transfer syntax was asked for and can't be made.
 * `not-written`: a file that the person wanted saved; `detail` is the system's name of the error.
 */
export type FileCause =
  | 'missing'
  | 'denied'
  | 'empty'
  | 'not-dicom'
  | 'dicomdir'
  | 'damaged'
  | 'changed'
  | 'not-transcodable'
  | 'not-written';

export type DimseCommand =
  | 'C-ECHO'
  | 'C-FIND'
  | 'C-MOVE'
  | 'C-GET'
  | 'C-STORE'
  | 'N-EVENT-REPORT'
  | 'N-GET'
  | 'N-SET'
  | 'N-ACTION'
  | 'N-CREATE'
  | 'N-DELETE';

/** Thrown wherever a step fails; turned into a value once, by `logging/failure-of.ts`. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`failed at ${failure.step}`, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
