import { z } from 'zod';
import type { Failure } from './failure.ts';

/** Stands for a file or folder that a person chose; the page never sees or names its path. */
export const FileGrantId = z.string().min(1).max(64).brand<'FileGrantId'>();
export type FileGrantId = z.infer<typeof FileGrantId>;

export interface FileGrant {
  readonly id: FileGrantId;
  /** The last part of its path. */
  readonly name: string;
}

export const SendItemId = z.string().min(1).max(64).brand<'SendItemId'>();
export type SendItemId = z.infer<typeof SendItemId>;

/** A file found below a grant. `failure`: why it can't be sent, else `null`. */
export interface SendItem {
  readonly id: SendItemId;
  /** Path below the grant, with the grant's own name first. */
  readonly file: string;
  readonly bytes: number;
  readonly failure: Failure | null;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyInstanceUid: string;
  readonly studyDescription: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
}
