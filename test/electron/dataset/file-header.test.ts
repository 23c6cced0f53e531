import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  encodeFileHeader,
  implementationClassUid,
  type IncomingInstance,
  parseDataset,
  readFileHeader,
  readFileSummary,
  textOf,
} from '../../../electron/dataset/index.ts';
import { buildDataset } from '../../support/build-dataset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const explicit = '1.2.840.10008.1.2.1';
const deflated = '1.2.840.10008.1.2.1.99';

const instance: IncomingInstance = {
  sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
  sopInstanceUid: '1.2.3.4',
  transferSyntaxUid: explicit,
  callingAeTitle: 'SENDER',
  calledAeTitle: 'GANTRY',
  remoteAddress: '::1',
  moveOriginatorAeTitle: null,
  moveOriginatorMessageId: null,
};

const dataset = buildDataset(
  [
    ['00080016', 'UI', instance.sopClassUid],
    ['00080018', 'UI', instance.sopInstanceUid],
    ['00080060', 'CS', 'OT'],
    ['00100010', 'PN', 'Müller^Jürgen'],
    ['00100020', 'LO', '7'],
    ['0020000D', 'UI', '1.2'],
    ['0020000E', 'UI', '1.2.3'],
    ['00280010', 'US', [1]],
  ],
  'ISO_IR 100',
);

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (thrown: unknown) => (thrown instanceof Error && 'failure' in thrown ? thrown.failure : thrown),
  );
}

async function withFile<Value>(bytes: Uint8Array, use: (path: string) => Promise<Value>): Promise<Value> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'file');
  await writeFile(path, bytes);
  return await use(path);
}

describe('the header of a received file', () => {
  it('has a preamble of zeros, the prefix and group 0002', () => {
    const header = encodeFileHeader(instance);

    expect(header.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
    expect(header.subarray(128, 132).toString('latin1')).toBe('DICM');
    const meta = parseDataset(header.subarray(132), explicit);
    expect(header.readUInt32LE(140)).toBe(header.length - 144);
    expect(textOf(meta, '00020002')).toBe(instance.sopClassUid);
    expect(textOf(meta, '00020003')).toBe(instance.sopInstanceUid);
    expect(textOf(meta, '00020010')).toBe(explicit);
    expect(textOf(meta, '00020012')).toBe(implementationClassUid);
    expect(textOf(meta, '00020013').length).toBeLessThanOrEqual(16);
    expect(textOf(meta, '00020016')).toBe('SENDER');
  });

  it('is read back', async () => {
    const header = encodeFileHeader(instance);

    await withFile(Buffer.concat([header, dataset]), async (path) => {
      expect(await readFileHeader(path)).toEqual({
        sopClassUid: instance.sopClassUid,
        sopInstanceUid: instance.sopInstanceUid,
        transferSyntaxUid: explicit,
        datasetOffset: header.length,
        bytes: header.length + dataset.length,
      });
    });
  });
});

describe('a file', () => {
  it('tells its patient, study and series', async () => {
    await withFile(Buffer.concat([encodeFileHeader(instance), dataset]), async (path) => {
      expect(await readFileSummary(path)).toMatchObject({
        patientName: 'Müller^Jürgen',
        patientId: '7',
        studyInstanceUid: '1.2',
        seriesInstanceUid: '1.2.3',
        modality: 'OT',
        studyDescription: '',
      });
    });
  });

  it('tells them deflated as well', async () => {
    const header = encodeFileHeader({ ...instance, transferSyntaxUid: deflated });

    await withFile(Buffer.concat([header, deflateRawSync(dataset)]), async (path) => {
      expect(await readFileSummary(path)).toMatchObject({
        header: { transferSyntaxUid: deflated, sopInstanceUid: '1.2.3.4' },
        patientName: 'Müller^Jürgen',
      });
    });
  });

  it('tells them behind a lot of private data', async () => {
    const group = buildDataset([
      ['00080016', 'UI', instance.sopClassUid],
      ['00080018', 'UI', instance.sopInstanceUid],
      ['00091001', 'OB', Buffer.alloc(300_000)],
      ['00100010', 'PN', 'DOE^JANE'],
    ]);

    await withFile(Buffer.concat([encodeFileHeader(instance), group]), async (path) => {
      expect((await readFileSummary(path)).patientName).toBe('DOE^JANE');
    });
  });

  it('is named by its data set where its header says otherwise', async () => {
    const header = encodeFileHeader({ ...instance, sopInstanceUid: '9.9' });

    await withFile(Buffer.concat([header, dataset]), async (path) => {
      expect((await readFileHeader(path)).sopInstanceUid).toBe('1.2.3.4');
    });
  });

  it('may have no header at all', async () => {
    await withFile(dataset, async (path) => {
      expect(await readFileHeader(path)).toMatchObject({ transferSyntaxUid: explicit, datasetOffset: 0 });
    });
  });

  it('may have a header without preamble', async () => {
    const header = encodeFileHeader(instance).subarray(132);

    await withFile(Buffer.concat([header, dataset]), async (path) => {
      expect(await readFileHeader(path)).toMatchObject({
        transferSyntaxUid: explicit,
        datasetOffset: header.length,
      });
    });
  });

  it('that is empty, missing, a folder or something else is named for what it is', async () => {
    await withFile(Buffer.alloc(0), async (path) => {
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'empty' });
      expect(await failureOf(readFileHeader(`${path}.gone`))).toMatchObject({ cause: 'missing' });
      expect(await failureOf(readFileHeader(join(path, '..')))).toMatchObject({ cause: 'not-dicom' });
    });
    await withFile(Buffer.from('\x89PNG\r\n\x1a\n, and more of that'), async (path) => {
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'not-dicom' });
    });
    await withFile(Buffer.from('Dear colleague, the images are on the disc.\n'.repeat(20)), async (path) => {
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'not-dicom' });
    });
  });

  it('that is a directory of others is named so', async () => {
    const directory = encodeFileHeader({ ...instance, sopClassUid: '1.2.840.10008.1.3.10' });

    await withFile(directory, async (path) => {
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'dicomdir' });
    });
  });

  it('that ends in its header is damaged', async () => {
    await withFile(encodeFileHeader(instance).subarray(0, 160), async (path) => {
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'damaged' });
    });
  });

  it.skipIf(process.getuid?.() === 0)('that may not be read is denied', async () => {
    await withFile(dataset, async (path) => {
      await chmod(path, 0);
      expect(await failureOf(readFileHeader(path))).toMatchObject({ step: 'file', cause: 'denied' });
    });
  });

  it('is not read when the reader was cancelled', async () => {
    await withFile(dataset, async (path) => {
      expect(await failureOf(readFileHeader(path, AbortSignal.abort()))).toMatchObject({
        name: 'AbortError',
      });
    });
  });
});
