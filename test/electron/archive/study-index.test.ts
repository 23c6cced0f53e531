import { describe, expect, it } from 'vitest';
import { archiveFolders } from '../../../electron/archive/file-names.ts';
import {
  type IndexedInstance,
  IndexWriter,
  openIndexDatabase,
} from '../../../electron/archive/index-database.ts';
import { IndexReader } from '../../../electron/archive/index-reader.ts';
import { openArchive } from '../../../electron/archive/index.ts';
import type { InstanceRecord } from '../../../electron/archive/instance-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { imageDataset, storeDataset } from './instances.ts';

function record(number: number): InstanceRecord {
  const study = Math.floor(number / 50);
  return {
    study: {
      studyInstanceUid: `1.${study}`,
      patientName: `DOE^${study}`,
      patientId: String(study),
      patientBirthDate: '',
      patientSex: '',
      studyDate: '20260314',
      studyTime: '',
      studyDescription: '',
      accessionNumber: '',
    },
    series: { seriesInstanceUid: `2.${study}`, modality: 'CT', seriesNumber: '1', seriesDescription: '' },
    sopInstanceUid: `3.${number}`,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    instanceNumber: String(number),
    bytes: 525_000,
    image: null,
    notShown: { cause: 'no-pixel-data' },
    pixels: null,
  };
}

function indexed(number: number): IndexedInstance {
  const file = `${number}.dcm`;
  return { record: record(number), file, datasetOffset: 300, receivedAt: '2026-03-14T00:00:00.000Z' };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('the index', () => {
  it('shows series by number, and instances by number, then by position', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path, fsync: false });
    const place = (uid: string, series: string, number: string, z: number) =>
      storeDataset(
        archive.store,
        imageDataset({ sopInstanceUid: uid }, [
          ['0020000E', 'UI', `1.2.${series}`],
          ['00200011', 'IS', series],
          ['00200013', 'IS', number],
          ['00200032', 'DS', `0\\0\\${z}`],
          ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
        ]),
        { sopInstanceUid: uid },
      );
    await place('9.1', '10', '1', 0);
    await place('9.2', '2', '10', 0);
    await place('9.3', '2', '9', 30);
    await place('9.4', '2', '9', -4);
    await place('9.5', '2', '', 0);

    const series = await archive.series('1.2');

    expect(series.map(({ seriesNumber }) => seriesNumber)).toEqual(['2', '10']);
    expect(series[0]?.instances.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([
      '9.4',
      '9.3',
      '9.2',
      '9.5',
    ]);
    expect(await archive.study('1.2')).toMatchObject({ seriesCount: 2, instanceCount: 5 });
  });

  it('keeps studies apart that share a series UID', async () => {
    await using folder = await temporaryFolder();
    await using archive = await openArchive({ folder: folder.path, fsync: false });
    await storeDataset(archive.store, imageDataset());
    await storeDataset(archive.store, imageDataset({ sopInstanceUid: '5.5' }, [['0020000D', 'UI', '5']]), {
      sopInstanceUid: '5.5',
    });

    expect(await archive.instanceUids('1.2')).toEqual(['1.2.3.4']);
    expect(await archive.instanceUids('5')).toEqual(['5.5']);
    expect((await archive.studies()).map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['5', '1.2']);
  });

  it('takes 500 instances a second one by one, and finds 2,000 studies of 100,000 fast', async () => {
    await using folder = await temporaryFolder();
    const database = openIndexDatabase(archiveFolders(folder.path).index);
    const writer = new IndexWriter(database);
    const reader = new IndexReader(database);

    const oneByOneMs = timed(() => {
      for (let number = 0; number < 1000; number += 1) writer.insert([indexed(number)]);
    });
    writer.insert(Array.from({ length: 99_000 }, (_, index) => indexed(1000 + index)));
    const studiesMs = timed(() => expect(reader.studies()).toHaveLength(2000));
    const seriesMs = timed(() => expect(reader.series('1.777')[0]?.instances).toHaveLength(50));
    database.close();

    // 500 a second would be 2,000 ms; the disk of a busy test machine gets some room.
    expect(oneByOneMs).toBeLessThan(2000);
    expect(studiesMs).toBeLessThan(2000);
    expect(seriesMs).toBeLessThan(200);
  });
});
