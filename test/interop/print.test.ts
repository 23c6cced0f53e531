import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../electron/contract/describe-failure.ts';
import { FailureError, type Failure } from '../../electron/contract/failure.ts';
import {
  encodeAttributes,
  parseDataset,
  textOf,
  type Attributes,
  type NewAttribute,
} from '../../electron/dataset/index.ts';
import {
  echo,
  nAction,
  nCreate,
  nDelete,
  nGet,
  nSet,
  SopClass,
  TransferSyntax,
  WellKnownInstance,
  type Association,
  type NResult,
  type NTarget,
} from '../../electron/dimse/index.ts';
import { associateWith } from '../support/associate-with.ts';
import { uidFor } from '../support/build-dataset.ts';
import { startDcmprscp, whichPeers } from '../support/peers/index.ts';

const peers = whichPeers();

const contexts = [SopClass.BasicGrayscalePrintManagementMeta, SopClass.Verification].map(
  (abstractSyntaxUid) => ({
    abstractSyntaxUid,
    transferSyntaxUids: [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian],
  }),
);

/** What is printed on: every step of Basic Grayscale Print on one association. */
class Printing {
  readonly #association: Association;
  readonly #session = uidFor('film-session');
  readonly statuses: number[] = [];

  constructor(association: Association) {
    this.#association = association;
  }

  target(sopClassUid: string, sopInstanceUid: string): NTarget {
    const context = this.#association.context(SopClass.BasicGrayscalePrintManagementMeta);
    return { context, sopClassUid, sopInstanceUid };
  }

  encode(attributes: readonly NewAttribute[]): Buffer {
    const { context } = this.target('', '');
    return encodeAttributes(attributes, context.transferSyntaxUid);
  }

  read({ dataset }: NResult): Attributes {
    const { context } = this.target('', '');
    return parseDataset(dataset ?? Buffer.alloc(0), context.transferSyntaxUid);
  }

  async createSession(): Promise<void> {
    const attributes = [
      { keyword: 'NumberOfCopies', value: '1' },
      { keyword: 'PrintPriority', value: 'MED' },
      { keyword: 'MediumType', value: 'BLUE FILM' },
      { keyword: 'FilmDestination', value: 'PROCESSOR' },
    ];
    const target = this.target(SopClass.BasicFilmSession, this.#session);
    this.note(await nCreate(this.#association, target, this.encode(attributes)));
  }

  /** Answers the film box, and the image boxes that the printer has put on it. */
  async createFilm(
    layout: string,
    filmSize: string,
  ): Promise<{ filmUid: string; imageBoxes: readonly string[] }> {
    const attributes: readonly NewAttribute[] = [
      { keyword: 'ImageDisplayFormat', value: layout },
      { keyword: 'FilmOrientation', value: 'PORTRAIT' },
      { keyword: 'FilmSizeID', value: filmSize },
      {
        keyword: 'ReferencedFilmSessionSequence',
        value: [
          [
            { keyword: 'ReferencedSOPClassUID', value: SopClass.BasicFilmSession },
            { keyword: 'ReferencedSOPInstanceUID', value: this.#session },
          ],
        ],
      },
    ];
    const target = this.target(SopClass.BasicFilmBox, '');
    const created = this.note(await nCreate(this.#association, target, this.encode(attributes)));
    const boxes = this.read(created).get('20100510')?.items ?? [];
    return {
      filmUid: created.sopInstanceUid,
      imageBoxes: boxes.map((box) => textOf(box, 'ReferencedSOPInstanceUID')),
    };
  }

  async setImage(imageBoxUid: string, position: number): Promise<void> {
    const size = 128;
    const pixels = Buffer.from(
      Uint16Array.from({ length: size * size }, (_, at) => (at * position) & 0xfff).buffer,
    );
    const attributes: readonly NewAttribute[] = [
      { keyword: 'ImageBoxPosition', value: `${position}` },
      {
        keyword: 'BasicGrayscaleImageSequence',
        value: [
          [
            { keyword: 'SamplesPerPixel', value: '1' },
            { keyword: 'PhotometricInterpretation', value: 'MONOCHROME2' },
            { keyword: 'Rows', value: `${size}` },
            { keyword: 'Columns', value: `${size}` },
            { keyword: 'PixelAspectRatio', value: '1\\1' },
            { keyword: 'BitsAllocated', value: '16' },
            { keyword: 'BitsStored', value: '12' },
            { keyword: 'HighBit', value: '11' },
            { keyword: 'PixelRepresentation', value: '0' },
            { keyword: 'PixelData', value: pixels },
          ],
        ],
      },
    ];
    const target = this.target(SopClass.BasicGrayscaleImageBox, imageBoxUid);
    this.note(await nSet(this.#association, target, this.encode(attributes)));
  }

  async print(filmUid: string): Promise<void> {
    const target = { ...this.target(SopClass.BasicFilmBox, filmUid), actionTypeId: 1 };
    this.note(await nAction(this.#association, target, null));
  }

  async delete(filmUid: string): Promise<void> {
    this.note(await nDelete(this.#association, this.target(SopClass.BasicFilmBox, filmUid)));
    this.note(await nDelete(this.#association, this.target(SopClass.BasicFilmSession, this.#session)));
  }

  async printerStatus(): Promise<string> {
    const printer = this.target(SopClass.Printer, WellKnownInstance.Printer);
    const asked = ['PrinterStatus', 'PrinterStatusInfo'];
    return textOf(this.read(this.note(await nGet(this.#association, printer, asked))), 'PrinterStatus');
  }

  note(result: NResult): NResult {
    this.statuses.push(result.status);
    return result;
  }
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('Basic Grayscale Print on dcmprscp', () => {
  it.skipIf(!peers.dcmtk).each([
    ['STANDARD\\1,1', 1],
    ['STANDARD\\2,2', 4],
  ])('prints a film of %s', async (layout, images) => {
    await using printer = await startDcmprscp();
    await using association = await associateWith(printer, contexts);
    const printing = new Printing(association);

    expect(await printing.printerStatus()).toBe('NORMAL');
    await printing.createSession();
    const { filmUid, imageBoxes } = await printing.createFilm(layout, '14INX17IN');
    expect(imageBoxes).toHaveLength(images);
    for (const [index, box] of imageBoxes.entries()) await printing.setImage(box, index + 1);
    await printing.print(filmUid);
    await printing.delete(filmUid);

    expect(new Set(printing.statuses)).toEqual(new Set([0]));
    const films = await printer.films();
    expect(films.filter((name) => name.startsWith('HG_'))).toHaveLength(images);
    expect(films.filter((name) => name.startsWith('SP_'))).toHaveLength(1);
  });

  it.skipIf(!peers.dcmtk)('says which value the printer does not have, and goes on', async () => {
    await using printer = await startDcmprscp();
    await using association = await associateWith(printer, contexts);
    const printing = new Printing(association);
    await printing.createSession();

    const failure = await failureOf(printing.createFilm('STANDARD\\1,1', 'A4'));

    expect(failure).toMatchObject({
      step: 'respond',
      cause: 'status',
      command: 'N-CREATE',
      status: 0x0106,
    });
    expect(describeFailure(failure, { server: 'Printer 3', ourAeTitle: 'GANTRY' })).toMatchObject({
      title: 'Printer 3 did not set up what was asked: invalid attribute value.',
      explanation: expect.stringContaining('0106H'),
    });
    expect(await echo(association)).toBe(0);
    expect((await printing.createFilm('STANDARD\\1,1', '8INX10IN')).imageBoxes).toHaveLength(1);
  });
});
