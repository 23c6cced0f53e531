import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../../electron/archive/index.ts';
import type { ArchiveInstance, ImageDescription } from '../../../electron/contract/archive.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { type FileHeader, readFileHeader } from '../../../electron/dataset/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { failureOf, incoming } from './instances.ts';

const folder = new URL('../../../../shared/data/', import.meta.url).pathname;
const catalogue = join(folder, 'CATALOGUE.tsv');

interface Row {
  readonly path: string;
  readonly rows: string;
  readonly dcmdump: string;
  readonly pixelHash: string;
}

type Outcome =
  | { readonly kind: 'shown'; readonly image: ImageDescription; readonly frames: number }
  | { readonly kind: 'not shown'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

function readCatalogue(): readonly Row[] {
  const [head = '', ...lines] = readFileSync(catalogue, 'utf8').trim().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    return {
      path: cell('path'),
      rows: cell('rows'),
      dcmdump: cell('dcmdump_3.6.7'),
      pixelHash: cell('pixeldata_sha256'),
    };
  });
}

function readHard(): readonly string[] {
  const hard = join(folder, 'hard');
  return existsSync(hard) ? readdirSync(hard) : [];
}

/** Files of this collection share SOP Instance UIDs: each goes to the first archive that has no other. */
class Shelf implements AsyncDisposable {
  readonly #path: string;
  readonly #archives: Archive[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  async store(header: FileHeader, dataset: Buffer): Promise<{ archive: Archive; study: string }> {
    for (let number = 0; ; number += 1) {
      const archive = await this.#archive(number);
      const writer = archive.store.begin(incoming(header));
      writer.write(dataset);
      const stored = writer.commit();
      const failure = await failureOf(stored);
      if (isConflict(failure)) continue;
      return { archive, study: (await stored).studyInstanceUid };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const archive of this.#archives) await archive.close();
  }

  async #archive(number: number): Promise<Archive> {
    const archive =
      this.#archives[number] ??
      (await openArchive({ folder: join(this.#path, String(number)), fsync: false }));
    this.#archives[number] = archive;
    return archive;
  }
}

function isConflict(failure: unknown): boolean {
  return failure instanceof Object && 'cause' in failure && failure.cause === 'conflict';
}

async function outcomeOf(path: string, shelf: Shelf): Promise<Outcome> {
  try {
    const header = await readFileHeader(path);
    const { archive, study } = await shelf.store(header, readFileSync(path).subarray(header.datasetOffset));
    const instances = (await archive.series(study)).flatMap((series) => series.instances);
    const instance = instances.find(({ sopInstanceUid }) => sopInstanceUid === header.sopInstanceUid)!;
    if (instance.image === null) return { kind: 'not shown', reason: instance.notShown!.cause };
    return { kind: 'shown', image: instance.image, frames: await openFrames(archive, instance) };
  } catch (thrown) {
    const failure: Failure | null =
      thrown instanceof Error && 'failure' in thrown ? (thrown.failure as Failure) : null;
    if (failure === null || !('cause' in failure)) throw thrown;
    return { kind: 'refused', reason: `${failure.step} ${failure.cause}` };
  }
}

/** How many frames can be opened; a native one must have the length that the description says. */
async function openFrames(archive: Archive, { sopInstanceUid, image }: ArchiveInstance): Promise<number> {
  let opened = 0;
  for (let frameNumber = 1; frameNumber <= image!.frameCount; frameNumber += 1) {
    const frame = await archive.openFrame(sopInstanceUid, frameNumber);
    if (frame.transferSyntaxUid === '1.2.840.10008.1.2.1')
      expect(frame.bytes.length).toBe(frameBytes(image!));
    opened += 1;
  }
  return opened;
}

function frameBytes(image: ImageDescription): number {
  const samples = image.photometricInterpretation === 'YBR_FULL_422' ? 2 : image.samplesPerPixel;
  return (image.rows * image.columns * samples * image.bitsAllocated) / 8;
}

describe.skipIf(!existsSync(catalogue))('every real file', () => {
  it('is shown, or says why not, or is refused by name', { timeout: 300_000 }, async () => {
    await using temporary = await temporaryFolder();
    await using shelf = new Shelf(temporary.path);
    const rows = readCatalogue();
    const outcomes = new Map<Row, Outcome>();
    const slow: string[] = [];

    for (const row of rows) {
      const start = performance.now();
      outcomes.set(row, await outcomeOf(join(folder, row.path), shelf));
      if (performance.now() - start > 10_000) slow.push(row.path);
    }

    const counts: Record<string, number> = {};
    for (const outcome of outcomes.values()) {
      const key = outcome.kind === 'shown' ? 'shown' : `${outcome.kind}: ${outcome.reason}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    console.table(counts);
    expect(slow).toEqual([]);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    // Two retired JPEG processes, and two maps of floating-point pixels.
    expect(counts['not shown: unsupported']).toBe(4);
    // A file without its pixels, one of a few bytes, one cut short, and a plan whose header breaks off.
    expect(counts['not shown: damaged']).toBe(4);
    // Old test files without the UIDs that every object has.
    expect(counts['refused: storage unreadable']).toBe(22);
    expect(counts['refused: file damaged']).toBe(9);
    expect(counts['shown']).toBeGreaterThanOrEqual(374);
    expect(process.memoryUsage.rss()).toBeLessThan(1_500_000_000);

    const unshown = [...outcomes]
      .filter(([row]) => row.dcmdump === 'ok' && row.rows !== '' && row.pixelHash !== '')
      .filter(([, outcome]) => outcome.kind === 'not shown' && outcome.reason === 'no-pixel-data')
      .map(([row]) => row.path);
    expect(unshown).toEqual([]);
  });

  it.each(readHard())('that was made to be hard is taken: %s', async (file) => {
    await using temporary = await temporaryFolder();
    await using shelf = new Shelf(temporary.path);

    const outcome = await outcomeOf(join(folder, 'hard', file), shelf);

    expect(outcome).toSatisfy(
      ({ kind, ...rest }: Outcome) =>
        kind === 'shown' || (kind === 'not shown' && 'reason' in rest && rest.reason === 'no-pixel-data'),
    );
  });

  it.each([
    ['pydicom/liver.dcm', 'pydicom/liver_expb.dcm'],
    ['pydicom/liver.dcm', 'pydicom/liver_rle.dcm'],
    ['pydicom/liver.dcm', 'pydicom/liver_deflate.dcm'],
    ['pydicom/liver_nonbyte_aligned.dcm', 'pydicom/liver_nonbyte_aligned_rle.dcm'],
    ['pydicom/liver_nonbyte_aligned.dcm', 'pydicom/liver_nonbyte_aligned_deflate.dcm'],
    ['pydicom/MR_small.dcm', 'pydicom/MR_small_bigendian.dcm'],
    ['pydicom/SC_rgb_2frame.dcm', 'pydicom/SC_rgb_expb_2frame.dcm'],
    ['pydicom/SC_rgb_small_odd.dcm', 'pydicom/SC_rgb_small_odd_big_endian.dcm'],
    ['pydicom/rtdose.dcm', 'pydicom/rtdose_expb.dcm'],
    [
      'cornerstone/CTImage.dcm',
      'cornerstone/CTImage.dcm_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm',
    ],
  ])('has the same frames however it was written: %s and %s', async (one, other) => {
    expect(await framesOf(one)).toEqual(await framesOf(other));
  });
});

async function framesOf(file: string): Promise<readonly string[]> {
  await using temporary = await temporaryFolder();
  await using shelf = new Shelf(temporary.path);
  const path = join(folder, file);
  const header = await readFileHeader(path);
  const { archive, study } = await shelf.store(header, readFileSync(path).subarray(header.datasetOffset));
  const [series] = await archive.series(study);
  const { sopInstanceUid, image } = series!.instances[0]!;
  const frames: string[] = [];
  for (let frameNumber = 1; frameNumber <= image!.frameCount; frameNumber += 1) {
    const { bytes } = await archive.openFrame(sopInstanceUid, frameNumber);
    frames.push(Buffer.from(bytes).toString('base64'));
  }
  return frames;
}
