import { z } from 'zod';
import { ServerId } from './server.ts';
import { Uid } from './uid.ts';

const DicomDate = z
  .string()
  .regex(/^\d{8}$/, 'This is not a date: it has eight digits, year, month and day.');

/** What a person may look for: empty text matches all; `*` and `?` are wildcards (PS3.4 §C.2.2.2.4). */
export const StudyKeys = z.object({
  patientName: z.string().max(324).default(''),
  patientId: z.string().max(64).default(''),
  accessionNumber: z.string().max(16).default(''),
  studyDescription: z.string().max(64).default(''),
  /** Any of these; empty: all. */
  modalities: z.array(z.string().regex(/^[A-Z0-9 _]{1,16}$/)).default([]),
  /** Both ends included, YYYYMMDD; `null`: open. */
  studyDateFrom: DicomDate.nullable().default(null),
  studyDateTo: DicomDate.nullable().default(null),
});
export type StudyKeys = z.infer<typeof StudyKeys>;

export const FindStudies = z.object({
  serverId: ServerId,
  keys: StudyKeys,
  limit: z.number().int().min(1).max(10_000).default(500),
});

/**
 * A study that matched. Text is decoded by the answer's character set; names keep their component
 * groups (`Yamada^Tarou=山田^太郎`); dates and times are DICOM's (YYYYMMDD, HHMMSS.FFFFFF); absent is ''.
 */
export interface StudyMatch {
  readonly studyInstanceUid: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly patientBirthDate: string;
  readonly patientSex: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly modalities: readonly string[];
  readonly studyDescription: string;
  readonly accessionNumber: string;
  readonly referringPhysicianName: string;
  readonly studyId: string;
  /** `null`: the server did not say. */
  readonly seriesCount: number | null;
  readonly instanceCount: number | null;
}

export type FoundStudies =
  | { readonly kind: 'matches'; readonly matches: readonly StudyMatch[] }
  /** Always the last item of a query that succeeded; `limitReached`: there was more, and it was cut. */
  | {
      readonly kind: 'end';
      readonly count: number;
      readonly limitReached: boolean;
      /** Some optional keys were not supported by the server (pending status FF01H). */
      readonly keysIgnored: boolean;
    };

export const FindSeries = z.object({ serverId: ServerId, studyInstanceUid: Uid });

export interface SeriesMatch {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly seriesNumber: string;
  readonly seriesDescription: string;
  readonly instanceCount: number | null;
}
