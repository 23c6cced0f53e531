import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTranscoder, type Transcoder } from '../../../electron/transcode/index.ts';
import { buildDataset, buildFile, buildItems, type BuiltElement } from '../../support/build-dataset.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { attributesOf, datasetOf, failureOf, sopClassUid, Uid, writeDataset } from './build-image.ts';

const identity: readonly BuiltElement[] = [
  ['00080016', 'UI', sopClassUid],
  ['00080018', 'UI', '2.25.7'],
];
const others = [Uid.implicit, Uid.bigEndian, Uid.deflated] as const;

describe('a data set in another encoding', () => {
  let folder: TemporaryFolder;
  let transcoder: Transcoder;
  let last = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    transcoder = openTranscoder();
  });
  afterAll(async () => {
    await transcoder[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const name = (): string => join(folder.path, `${(last += 1)}.dcm`);

  async function copy(source: string, transferSyntaxUid: string): Promise<string> {
    const { path } = await transcoder.transcode({ source, target: name(), transferSyntaxUid });
    return path;
  }
  async function through(dataset: Buffer, transferSyntaxUid: string): Promise<Buffer> {
    const source = await writeDataset(name(), dataset);
    return await datasetOf(await copy(await copy(source, transferSyntaxUid), Uid.explicit));
  }

  it.each(others)('comes back the same to the byte, where PS3.6 knows its elements: by %s', async (uid) => {
    const item = buildDataset([
      ['00080100', 'SH', '113014'],
      ['00080104', 'LO', 'Study'],
    ]);
    const dataset = buildDataset(
      [
        ...identity,
        ['00080020', 'DA', '20260110'],
        ['00080030', 'TM', '101500'],
        ['00080050', 'SH', ''],
        ['00081032', 'SQ', buildItems([item, Buffer.alloc(0), item])],
        ['00081140', 'SQ', Buffer.alloc(0)],
        ['00100010', 'PN', 'Παπαδόπουλος^Γιώργος'],
        ['00189810', 'SS', [-16]],
        ['00200032', 'DS', '0\\0\\-2.50'],
        ['00280009', 'AT', Buffer.from('1800630018106300', 'hex')],
        ['00280103', 'US', [1]],
        ['00280106', 'SS', [-256]],
        ['00281052', 'DS', '-1024 '],
        ['00283002', 'SS', [256, -256, 16]],
        ['00283006', 'OW', Buffer.from('0102030405060708', 'hex')],
        ['00189073', 'FD', [1.5, -3e200]],
        ['00041400', 'UL', [0x01020304]],
        ['00720076', 'FL', Buffer.from('0000c03f', 'hex')],
        ['00720075', 'OL', Buffer.from('0102030405060708', 'hex')],
        ['00660016', 'OF', Buffer.from('0000803f0000c03f', 'hex')],
        ['00720073', 'OD', Buffer.from('0102030405060708', 'hex')],
        ['7FE10010', 'LO', 'PRIVATE CREATOR'],
        ['00400275', 'SQ', buildItems([buildDataset([['00081199', 'SQ', buildItems([item])]])])],
      ],
      'ISO_IR 192',
    );

    expect((await through(dataset, uid)).equals(dataset)).toBe(true);
  });

  it('keeps the kind of length of each sequence and item', async () => {
    const inside = buildDataset([['00080100', 'SH', 'A']]);
    const dataset = Buffer.concat([
      buildDataset(identity),
      undefinedSequence('00081032', [
        undefinedItem(inside),
        definedItem(inside),
        undefinedItem(Buffer.alloc(0)),
      ]),
      undefinedSequence('00081110', []),
      buildDataset([['00081111', 'SQ', Buffer.concat([undefinedItem(inside), definedItem(inside)])]]),
    ]);

    for (const uid of others) expect((await through(dataset, uid)).equals(dataset), uid).toBe(true);
  });

  it('writes numbers in the byte order of its syntax, and text and bytes as they are', async () => {
    const source = await writeDataset(
      name(),
      buildDataset([
        ...identity,
        ['00280009', 'AT', Buffer.from('18006300', 'hex')],
        ['00280010', 'US', [0x0102]],
        ['00189073', 'FD', [1.5]],
        ['00041400', 'UL', [0x01020304]],
        ['7FE00010', 'OW', Buffer.from('01020304', 'hex')],
      ]),
    );
    const path = await copy(source, Uid.bigEndian);
    const text = (await datasetOf(path)).toString('hex');

    expect(text).toContain('002800094154000400180063');
    expect(text).toContain('00280010555300020102');
    expect(text).toContain('00189073464400083ff8000000000000');
    expect(text).toContain('00041400554c000401020304');
    expect(text).toContain('7fe000104f5700000000000402010403');
    expect(text).toContain(Buffer.from('2.25.7').toString('hex'));
  });

  it('writes what has no representation by PS3.6, by the pixels, or as UN', async () => {
    const dataset = Buffer.concat([
      implicit('00080016', Buffer.from(`${sopClassUid}\0`)),
      implicit('00080018', Buffer.from('2.25.7')),
      implicit('00090010', Buffer.from('CREATOR ')),
      implicit('00091001', Buffer.from('12')),
      implicit('00280100', Buffer.from([8, 0])),
      implicit('00280103', Buffer.from([1, 0])),
      implicit('00280106', Buffer.from([0, 0xff])),
      implicit('00280120', Buffer.from([0, 0xff])),
      implicit('60003000', Buffer.from([1, 2])),
      implicit('7FE00010', Buffer.from([1, 2])),
    ]);
    const source = name();
    await writeFile(source, fileOf(Uid.implicit, [dataset]));
    const attributes = await attributesOf(await copy(source, Uid.explicit));

    const vrs = Object.fromEntries([...attributes].map(([tag, { vr }]) => [tag, vr]));
    expect(vrs).toEqual({
      '00080016': 'UI',
      '00080018': 'UI',
      '00090010': 'LO',
      '00091001': 'UN',
      '00280100': 'US',
      '00280103': 'US',
      '00280106': 'SS',
      '00280120': 'SS',
      '60003000': 'OW',
      '7FE00010': 'OB',
    });
  });

  it('keeps private elements, even where their representation is lost', async () => {
    const dataset = buildDataset([
      ...identity,
      ['00090010', 'LO', 'GANTRY TEST'],
      ['00091001', 'FD', [2.5]],
      ['00091002', 'SQ', buildItems([buildDataset([['00080100', 'SH', 'A']])])],
      ['00091003', 'LT', 'text with  spaces  '],
    ]);
    const byImplicit = await writeDataset(name(), await through(dataset, Uid.implicit));
    const attributes = await attributesOf(byImplicit);

    expect(attributes.get('00091001')).toMatchObject({
      vr: 'UN',
      value: Buffer.from('0000000000000440', 'hex'),
    });
    expect(attributes.get('00091003')).toMatchObject({ vr: 'UN', length: 20 });
    // Its items are in implicit little endian now, as UN wants them.
    expect(attributes.get('00091002')).toMatchObject({ vr: 'UN' });
    expect(Buffer.from(attributes.get('00091002')!.value!).toString('hex')).toContain('08000001020000004120');
    for (const uid of [Uid.bigEndian, Uid.deflated]) {
      expect((await through(dataset, uid)).equals(dataset), uid).toBe(true);
    }
  });

  it('keeps the private sequence of UN and undefined length, in implicit little endian as it is', async () => {
    const inside = implicit('00091005', Buffer.from('inside'));
    const unknown = Buffer.concat([
      fromHex('09000110 554e 0000 ffffffff'),
      undefinedItem(inside),
      definedItem(Buffer.concat([implicit('00090000', Buffer.from([14, 0, 0, 0])), inside])),
      sequenceEnd,
    ]);
    const dataset = Buffer.concat([
      buildDataset([...identity, ['00090010', 'LO', 'CREATOR']]),
      unknown,
      buildDataset([['00100020', 'LO', 'after']]),
    ]);

    for (const uid of [Uid.bigEndian, Uid.deflated]) {
      expect((await through(dataset, uid)).equals(dataset), uid).toBe(true);
    }
    const bigEndian = await datasetOf(await copy(await writeDataset(name(), dataset), Uid.bigEndian));
    expect(bigEndian.toString('hex')).toContain(
      '00091001554e0000ffffffff' + unknown.subarray(12).toString('hex'),
    );
    const byImplicit = await through(dataset, Uid.implicit);
    expect(byImplicit.includes(Buffer.from('inside'))).toBe(true);
    expect(byImplicit.includes(Buffer.from('after'))).toBe(true);
  });

  it('writes as UN what is too long for two bytes of length', async () => {
    const value = Buffer.alloc(70_000, 0x30);
    const source = name();
    const dataset = [
      implicit('00080016', Buffer.from(`${sopClassUid}\0`)),
      implicit('00080018', Buffer.from('2.25.7')),
      implicit('00281101', value),
      implicit('00283006', value),
    ];
    await writeFile(source, fileOf(Uid.implicit, dataset));

    for (const uid of [Uid.explicit, Uid.bigEndian]) {
      const attributes = await attributesOf(await copy(source, uid));
      expect(attributes.get('00281101')).toMatchObject({ vr: 'UN', length: 70_000 });
      expect(attributes.get('00283006')).toMatchObject({ vr: 'OW', length: 70_000 });
      expect(Buffer.from(attributes.get('00281101')!.value!).equals(value)).toBe(true);
    }
    const back = await datasetOf(await copy(await copy(source, Uid.explicit), Uid.implicit));
    expect(back.equals(Buffer.concat(dataset))).toBe(true);
  });

  it('has no group lengths any more, and loses nothing else', async () => {
    const rest = buildDataset([...identity, ['00100020', 'LO', 'X']]);
    const lengths = buildDataset([
      ['00080000', 'UL', [40]],
      ['00080001', 'UL', [100]],
    ]);
    const source = await writeDataset(name(), Buffer.concat([lengths, rest]));

    for (const uid of others) {
      const back = await datasetOf(await copy(await copy(source, uid), Uid.explicit));
      expect(back.equals(rest), uid).toBe(true);
    }
  });

  it('keeps what comes behind the pixels, odd lengths, and elements that are out of order', async () => {
    const dataset = Buffer.concat([
      buildDataset([...identity, ['00100020', 'LO', 'X']]),
      fromHex('0800 0500 4353 0300 414243'),
      buildDataset([
        ['7FE00010', 'OW', Buffer.alloc(600_000, 7)],
        ['FFFAFFFA', 'SQ', buildItems([buildDataset([['00080018', 'UI', '1.2']])])],
        ['FFFCFFFC', 'OB', Buffer.alloc(100)],
      ]),
    ]);

    for (const uid of [Uid.bigEndian, Uid.deflated]) {
      expect((await through(dataset, uid)).equals(dataset), uid).toBe(true);
    }
  });

  it('does without the zeros that fill the last block of a file', async () => {
    const dataset = buildDataset([...identity, ['00100020', 'LO', 'X']]);
    const source = await writeDataset(name(), Buffer.concat([dataset, Buffer.alloc(500)]));

    for (const uid of others) {
      expect((await datasetOf(await copy(await copy(source, uid), Uid.explicit))).equals(dataset)).toBe(true);
    }
  });

  it('is copied as it is where its syntax stays', async () => {
    const dataset = Buffer.concat([buildDataset([['00080000', 'UL', [1]], ...identity]), Buffer.alloc(31)]);
    const source = await writeDataset(name(), dataset);

    expect((await datasetOf(await copy(source, Uid.explicit))).equals(dataset)).toBe(true);
  });

  it('gets a header of ours with the new syntax, and the result says where it ends', async () => {
    const dataset = buildDataset([...identity, ['00100020', 'LO', 'X']]);
    const source = await writeDataset(name(), dataset);

    for (const uid of others) {
      const made = await transcoder.transcode({ source, target: name(), transferSyntaxUid: uid });
      const file = await readFile(made.path);
      expect(made).toMatchObject({
        fromTransferSyntaxUid: Uid.explicit,
        transferSyntaxUid: uid,
        sopClassUid,
        sopInstanceUid: '2.25.7',
        lossy: false,
        bytes: file.length,
      });
      expect(file.subarray(128, 132).toString()).toBe('DICM');
      expect(file.subarray(0, made.datasetOffset).includes(Buffer.from('GANTRY'))).toBe(true);
      expect((made.bytes - made.datasetOffset) % 2).toBe(0);
    }
  });

  it.each([
    ['a value beyond the end', buildDataset([...identity, ['00100020', 'LO', 'XXXXXX']]).subarray(0, -2)],
    [
      'a sequence that never ends',
      Buffer.concat([buildDataset(identity), fromHex('08003210 53510000 ffffffff')]),
    ],
    [
      'an item beyond its sequence',
      Buffer.concat([
        buildDataset(identity),
        fromHex('08003210 53510000 08000000 feff00e0 10000000'),
        Buffer.alloc(16, 1),
      ]),
    ],
    [
      'sequences within sequences without end',
      Buffer.concat([
        buildDataset(identity),
        ...Array.from({ length: 100 }, () => fromHex('08003210 53510000 ffffffff feff00e0 ffffffff')),
      ]),
    ],
    [
      'fragments in an uncompressed syntax',
      Buffer.concat([
        buildDataset(identity),
        fromHex('e07f1000 4f420000 ffffffff feff00e000000000 feffdde000000000'),
      ]),
    ],
  ])('is refused as damaged with %s, and leaves nothing behind', async (_what, dataset) => {
    const source = await writeDataset(name(), dataset);
    const target = name();

    for (const transferSyntaxUid of others) {
      const failure = await failureOf(transcoder.transcode({ source, target, transferSyntaxUid }));
      expect(failure).toMatchObject({ step: 'file', cause: 'damaged' });
      await expect(readFile(target)).rejects.toThrow('ENOENT');
    }
  });

  it('comes back whatever is in it', { timeout: 60_000 }, async () => {
    const values = fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => bytes.subarray(0, bytes.length - (bytes.length % 8)));
    const element = fc.tuple(
      fc.integer({ min: 0x0011, max: 0x7fdf }).map((group) => group | 1),
      fc.integer({ min: 0x1000, max: 0xffff }),
      fc.constantFrom(
        'AE',
        'AT',
        'CS',
        'FD',
        'FL',
        'LO',
        'OB',
        'OD',
        'OF',
        'OL',
        'OV',
        'OW',
        'SL',
        'SS',
        'SV',
        'UC',
        'UL',
        'UN',
        'UR',
        'US',
        'UT',
        'UV',
      ),
      values,
    );
    const leaf = fc
      .array(element, { maxLength: 6 })
      .map((elements) =>
        Buffer.concat(elements.map(([group, number, vr, value]) => explicit({ group, number, vr }, value))),
      );
    const nested = fc.array(fc.tuple(leaf, fc.boolean()), { maxLength: 3 }).map((items) =>
      undefinedSequence(
        '00081032',
        items.map(([bytes, defined]) => (defined ? definedItem(bytes) : undefinedItem(bytes))),
      ),
    );

    await fc.assert(
      fc.asyncProperty(nested, leaf, async (sequence, elements) => {
        const dataset = Buffer.concat([buildDataset(identity), sequence, elements]);
        for (const uid of [Uid.bigEndian, Uid.deflated])
          expect((await through(dataset, uid)).equals(dataset)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

const sequenceEnd = Buffer.from('feffdde000000000', 'hex');

function undefinedSequence(tag: string, items: readonly Buffer[]): Buffer {
  const header = Buffer.from(`${swap(tag)}53510000ffffffff`, 'hex');
  return Buffer.concat([header, ...items, sequenceEnd]);
}

function undefinedItem(bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from('feff00e0ffffffff', 'hex'),
    bytes,
    Buffer.from('feff0de000000000', 'hex'),
  ]);
}

function definedItem(bytes: Buffer): Buffer {
  return buildItems([bytes]);
}

function implicit(tag: string, value: Buffer): Buffer {
  const header = Buffer.from(`${swap(tag)}00000000`, 'hex');
  header.writeUInt32LE(value.length, 4);
  return Buffer.concat([header, value]);
}

function explicit(element: { group: number; number: number; vr: string }, value: Uint8Array): Buffer {
  const isLong = /^O|U[CNRTV]|SV/.test(element.vr);
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(element.group, 0);
  header.writeUInt16LE(element.number, 2);
  header.write(element.vr, 4, 'latin1');
  if (isLong) header.writeUInt32LE(value.length, 8);
  else header.writeUInt16LE(value.length, 6);
  return Buffer.concat([header, value]);
}

function swap(tag: string): string {
  const bytes = Buffer.from(tag, 'hex');
  return bytes.swap16().toString('hex');
}

function fileOf(transferSyntaxUid: string, elements: readonly Buffer[]): Buffer {
  return buildFile({ sopClassUid, sopInstanceUid: '2.25.7', transferSyntaxUid }, Buffer.concat(elements));
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
