import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { positionAlongNormal } from './describe-image.ts';
import { schema, schemaVersion } from './index-schema.ts';
import type { InstanceRecord, PixelSource, SeriesRecord, StudyRecord } from './instance-record.ts';

/** A record with where it lies and since when. */
export interface IndexedInstance {
  readonly record: InstanceRecord;
  /** The file's own name, without its folders. */
  readonly file: string;
  readonly datasetOffset: number;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/**
 * Opens the index, or makes a new one where it is missing, damaged or of another version.
 *
 * It is in WAL mode and not synced at every commit: after a power cut it may lack the last instances,
 * but their files are there, synced, and are indexed again at the start.
 */
export function openIndexDatabase(path: string): DatabaseSync {
  try {
    return openKnown(path);
  } catch {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    return openKnown(path);
  }
}

function openKnown(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === 0) {
      database.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT;`);
    } else if (version !== schemaVersion) {
      throw new Error('another version');
    }
    if (database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] !== 'ok') throw new Error('damaged');
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Puts instances into the index, takes them out, and knows which are in it. */
export class IndexWriter {
  readonly #database: DatabaseSync;
  readonly #insertStudy: StatementSync;
  readonly #findStudy: StatementSync;
  readonly #insertSeries: StatementSync;
  readonly #findSeries: StatementSync;
  readonly #insertInstance: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insertStudy = database.prepare(
      'INSERT OR IGNORE INTO studies VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#findStudy = database.prepare('SELECT id FROM studies WHERE uid = ?');
    this.#insertSeries = database.prepare('INSERT OR IGNORE INTO series VALUES (NULL, ?, ?, ?, ?, ?)');
    this.#findSeries = database.prepare('SELECT id FROM series WHERE study = ? AND uid = ?');
    this.#insertInstance = database.prepare(
      'INSERT OR REPLACE INTO instances VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** All of them or none. */
  insert(instances: readonly IndexedInstance[]): void {
    this.#inTransaction(() => {
      for (const instance of instances) this.#insertOne(instance);
    });
  }

  /** Forgets files that are gone, and studies and series that had no others. */
  remove(files: readonly string[]): void {
    if (files.length === 0) return;
    this.#inTransaction(() => {
      const remove = this.#database.prepare('DELETE FROM instances WHERE file = ?');
      for (const file of files) remove.run(file);
      this.#database.exec(`
        DELETE FROM series WHERE id NOT IN (SELECT series FROM instances);
        DELETE FROM studies WHERE id NOT IN (SELECT study FROM instances);
      `);
    });
  }

  files(): ReadonlySet<string> {
    const rows = this.#database.prepare('SELECT file FROM instances').all();
    return new Set(rows.map((row) => String(row['file'])));
  }

  has(file: string): boolean {
    return this.#database.prepare('SELECT 1 FROM instances WHERE file = ?').get(file) !== undefined;
  }

  #insertOne({ record, file, datasetOffset, receivedAt }: IndexedInstance): void {
    const study = this.#studyId(record.study);
    const series = this.#seriesId(study, record.series);
    const { image, notShown, pixels } = record;
    this.#insertInstance.run(
      record.sopInstanceUid,
      file,
      study,
      series,
      record.sopClassUid,
      record.transferSyntaxUid,
      record.instanceNumber,
      image === null ? null : positionAlongNormal(image),
      record.bytes,
      receivedAt,
      datasetOffset,
      asJson(image),
      asJson(notShown),
      asJson(pixels satisfies PixelSource | null),
    );
  }

  #studyId(study: StudyRecord): number {
    const known = this.#findStudy.get(study.studyInstanceUid)?.['id'];
    if (typeof known === 'number') return known;
    const added = this.#insertStudy.run(
      study.studyInstanceUid,
      study.patientName,
      study.patientId,
      study.patientBirthDate,
      study.patientSex,
      study.studyDate,
      study.studyTime,
      study.studyDescription,
      study.accessionNumber,
    );
    return Number(added.lastInsertRowid);
  }

  #seriesId(study: number, series: SeriesRecord): number {
    const { seriesInstanceUid, modality, seriesNumber, seriesDescription } = series;
    const known = this.#findSeries.get(study, seriesInstanceUid)?.['id'];
    if (typeof known === 'number') return known;
    const added = this.#insertSeries.run(study, seriesInstanceUid, modality, seriesNumber, seriesDescription);
    return Number(added.lastInsertRowid);
  }

  #inTransaction(change: () => void): void {
    this.#database.exec('BEGIN');
    try {
      change();
      this.#database.exec('COMMIT');
    } catch (thrown) {
      this.#database.exec('ROLLBACK');
      throw thrown;
    }
  }
}

function asJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
