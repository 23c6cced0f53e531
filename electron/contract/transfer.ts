import { z } from 'zod';
import type { Failure } from './failure.ts';
import { ServerId } from './server.ts';
import { Uid } from './uid.ts';

export const TransferId = z.string().min(1).max(64).brand<'TransferId'>();
export type TransferId = z.infer<typeof TransferId>;

/** A study to be fetched, with what the row that was pressed knew about it. */
export const RetrieveStudy = z.object({
  serverId: ServerId,
  studyInstanceUid: Uid,
  patientName: z.string(),
  patientId: z.string(),
  studyDescription: z.string(),
  studyDate: z.string(),
});
export type RetrieveStudy = z.infer<typeof RetrieveStudy>;

/** What one instance came to. */
export type InstanceOutcome = 'stored' | 'warning' | 'refused' | 'failed';

export interface InstanceReport {
  /** `null`: a file that is not DICOM has none. */
  readonly sopInstanceUid: string | null;
  /** The file's name below what was added; `null` for a retrieve. */
  readonly file: string | null;
  readonly outcome: InstanceOutcome;
  /** The status a warning or failure came with; `null`: none. */
  readonly status: number | null;
  readonly failure: Failure | null;
  /** Given where the outcome is that of a copy in another transfer syntax, not of the file itself. */
  readonly transcoded?: TranscodedCopy;
}

export interface TranscodedCopy {
  readonly fromTransferSyntaxUid: string;
  readonly toTransferSyntaxUid: string;
  /** Something was lost on the way, so the copy is an instance of its own. */
  readonly lossy: boolean;
  /** Of the copy. */
  readonly sopInstanceUid: string;
}

/** Counts of instances: `done` holds the warnings too; `failed` holds the refused too. */
export interface TransferProgress {
  /** `null`: not known yet. */
  readonly expected: number | null;
  readonly done: number;
  readonly warnings: number;
  readonly refused: number;
  readonly failed: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

export type TransferState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly phase: 'asking' | 'moving' }
  /** Everything expected is here (retrieve) or was acknowledged by the server (send). */
  | { readonly kind: 'done' }
  /** It ended, and not all of it worked: see the reports. `failure`: what ended it, if something did. */
  | { readonly kind: 'incomplete'; readonly failure: Failure | null }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** How objects come here (PS3.4 §C.4.2, §C.4.3; PS3.18 §10.4). */
export type RetrieveWay = 'c-move' | 'c-get' | 'wado-rs';

/** What the person should know although the transfer goes on. */
export type TransferNotice =
  | { readonly kind: 'listen-port-unavailable'; readonly port: number; readonly failure: Failure }
  /** The usual way was refused with this failure, so they came by that one. */
  | { readonly kind: 'other-way'; readonly way: RetrieveWay; readonly failure: Failure }
  /** What the server counted as completed differs from what arrived. */
  | { readonly kind: 'counters-differ'; readonly counted: number; readonly arrived: number }
  /** The server's image-level list could not be had, so completeness rests on its counters. */
  | { readonly kind: 'list-unavailable'; readonly failure: Failure | null };

export interface Transfer {
  readonly id: TransferId;
  readonly kind: 'retrieve' | 'send';
  readonly serverId: ServerId;
  readonly serverName: string;
  /** The patient's name for a retrieve, "12 files" words are made in the renderer from `progress`. */
  readonly patientName: string;
  readonly studyDescription: string;
  readonly studyInstanceUid: string | null;
  /** ISO 8601. */
  readonly queuedAt: string;
  readonly endedAt: string | null;
  readonly state: TransferState;
  readonly progress: TransferProgress;
  /** Given once it is known; a send has none. */
  readonly way?: RetrieveWay;
  readonly notices: readonly TransferNotice[];
}
