import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type {
  ArchiveInstance,
  ArchiveSeries,
  ArchiveStudy,
  ImageDescription,
  NotShown,
} from '../contract/archive.ts';
import type { PixelSource } from './instance-record.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

const studyQuery = `
  SELECT studies.*, count(instances.id) AS instance_count, sum(instances.bytes) AS bytes,
    max(instances.received_at) AS received_at,
    (SELECT count(*) FROM series WHERE series.study = studies.id) AS series_count,
    (SELECT group_concat(modality, char(10)) FROM
      (SELECT DISTINCT modality FROM series WHERE series.study = studies.id ORDER BY modality)) AS modalities
  FROM studies JOIN instances ON instances.study = studies.id
`;

/** Answers what the archive holds. */
export class IndexReader {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The newest first. */
  studies(): readonly ArchiveStudy[] {
    const rows = this.#database
      .prepare(`${studyQuery} GROUP BY studies.id ORDER BY received_at DESC, studies.id DESC`)
      .all();
    return rows.map(asStudy);
  }

  study(studyInstanceUid: string): ArchiveStudy | null {
    const row = this.#database
      .prepare(`${studyQuery} WHERE studies.uid = ? GROUP BY studies.id`)
      .get(studyInstanceUid);
    return row === undefined ? null : asStudy(row);
  }

  /** By series number; instances by their number, then along the normal of their plane. */
  series(studyInstanceUid: string): readonly ArchiveSeries[] {
    const series = this.#database
      .prepare(
        `SELECT series.* FROM series JOIN studies ON series.study = studies.id WHERE studies.uid = ?
         ORDER BY series.number = '', CAST(series.number AS INTEGER), series.uid`,
      )
      .all(studyInstanceUid);
    const instances = this.#database.prepare(
      `SELECT * FROM instances WHERE series = ?
       ORDER BY number = '', CAST(number AS INTEGER), position, uid`,
    );
    return series.map((row) => ({
      seriesInstanceUid: text(row, 'uid'),
      studyInstanceUid,
      modality: text(row, 'modality'),
      seriesNumber: text(row, 'number'),
      seriesDescription: text(row, 'description'),
      instances: instances.all(number(row, 'id')).map(asInstance),
    }));
  }

  instanceUids(studyInstanceUid: string): readonly string[] {
    return this.#database
      .prepare(
        `SELECT instances.uid FROM instances JOIN studies ON instances.study = studies.id
         WHERE studies.uid = ?`,
      )
      .all(studyInstanceUid)
      .map((row) => text(row, 'uid'));
  }

  /** `null`: no such instance. */
  pixels(
    sopInstanceUid: string,
  ): { readonly file: string; readonly datasetOffset: number; readonly pixels: PixelSource | null } | null {
    const row = this.#database
      .prepare('SELECT file, dataset_offset, pixels FROM instances WHERE uid = ?')
      .get(sopInstanceUid);
    if (row === undefined) return null;
    return {
      file: text(row, 'file'),
      datasetOffset: number(row, 'dataset_offset'),
      pixels: parsed(row, 'pixels') as PixelSource | null,
    };
  }
}

function asStudy(row: Row): ArchiveStudy {
  return {
    studyInstanceUid: text(row, 'uid'),
    patientName: text(row, 'patient_name'),
    patientId: text(row, 'patient_id'),
    patientBirthDate: text(row, 'patient_birth_date'),
    patientSex: text(row, 'patient_sex'),
    studyDate: text(row, 'date'),
    studyTime: text(row, 'time'),
    studyDescription: text(row, 'description'),
    accessionNumber: text(row, 'accession_number'),
    modalities: text(row, 'modalities')
      .split('\n')
      .filter((modality) => modality !== ''),
    seriesCount: number(row, 'series_count'),
    instanceCount: number(row, 'instance_count'),
    bytes: number(row, 'bytes'),
    receivedAt: text(row, 'received_at'),
  };
}

function asInstance(row: Row): ArchiveInstance {
  return {
    sopInstanceUid: text(row, 'uid'),
    sopClassUid: text(row, 'sop_class'),
    transferSyntaxUid: text(row, 'transfer_syntax'),
    instanceNumber: text(row, 'number'),
    bytes: number(row, 'bytes'),
    image: parsed(row, 'image') as ImageDescription | null,
    notShown: parsed(row, 'not_shown') as NotShown | null,
  };
}

function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

function number(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
}

/**
 * What IndexWriter put into a column. It put nothing else there, and an index of another version is
 * never read: so callers may say what it is.
 */
function parsed(row: Row, column: string): unknown {
  const value = row[column];
  return typeof value === 'string' ? JSON.parse(value) : null;
}
