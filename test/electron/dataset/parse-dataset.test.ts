import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DatasetError,
  numbersOf,
  parseDataset,
  scanDataset,
  textOf,
} from '../../../electron/dataset/index.ts';
import { buildDataset, buildItems } from '../../support/build-dataset.ts';

const implicit = '1.2.840.10008.1.2';
const explicit = '1.2.840.10008.1.2.1';
const big = '1.2.840.10008.1.2.2';
const jpeg = '1.2.840.10008.1.2.4.50';

const item = 'FEFF00E0';
const itemEnd = 'FEFF0DE000000000';
const sequenceEnd = 'FEFFDDE000000000';
const undefinedLength = 'FFFFFFFF';

function hex(...parts: string[]): Buffer {
  return Buffer.from(parts.join('').replaceAll(' ', ''), 'hex');
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (thrown) {
    return thrown;
  }
}

describe('a data set', () => {
  it('is read in explicit little endian', () => {
    const bytes = buildDataset([
      ['00080018', 'UI', '1.2.3'],
      ['00100010', 'PN', 'DOE^JANE'],
      ['00280010', 'US', [512]],
    ]);

    const attributes = parseDataset(bytes, explicit);

    expect(textOf(attributes, 'SOPInstanceUID')).toBe('1.2.3');
    expect(textOf(attributes, 'PatientName')).toBe('DOE^JANE');
    expect(numbersOf(attributes, 'Rows')).toEqual([512]);
    expect(attributes.get('00100010')).toMatchObject({ vr: 'PN', offset: 22, length: 8 });
  });

  it('is read in implicit little endian, by the dictionary', () => {
    const attributes = parseDataset(hex('1000 1000 04000000 444F4520', '2800 1000 02000000 0002'), implicit);

    expect(textOf(attributes, 'PatientName')).toBe('DOE');
    expect(numbersOf(attributes, 'Rows')).toEqual([512]);
  });

  it('is read in explicit big endian', () => {
    const attributes = parseDataset(hex('0010 0010 504E 0004 444F4520', '0028 0010 5553 0002 0200'), big);

    expect(textOf(attributes, 'PatientName')).toBe('DOE');
    expect(numbersOf(attributes, 'Rows')).toEqual([512]);
  });

  it('may hold an implicit element among explicit ones', () => {
    const attributes = parseDataset(hex('0800 1800 04000000 312E3200', '1000 2000 4C4F 0200 3741'), explicit);

    expect(textOf(attributes, '00080018')).toBe('1.2');
    expect(textOf(attributes, '00100020')).toBe('7A');
  });

  it('may have its groups out of order', () => {
    const attributes = parseDataset(hex('1000 2000 4C4F 0200 3741', '0800 6000 4353 0200 4354'), explicit);

    expect(textOf(attributes, 'Modality')).toBe('CT');
    expect(textOf(attributes, 'PatientID')).toBe('7A');
  });

  it('may end in zeros', () => {
    const bytes = Buffer.concat([hex('0800 6000 4353 0200 4354'), Buffer.alloc(50)]);

    expect([...parseDataset(bytes, explicit).keys()]).toEqual(['00080060']);
  });

  it('is read until a tag', () => {
    const bytes = buildDataset([
      ['00080060', 'CS', 'CT'],
      ['00100020', 'LO', '7'],
      ['7FE00010', 'OW', Buffer.alloc(16)],
    ]);

    const { attributes, next, problem } = scanDataset(bytes.subarray(0, -10), explicit, {
      until: '7FE00010',
    });

    expect([...attributes.keys()]).toEqual(['00080060', '00100020']);
    expect(next).toMatchObject({ tag: '7FE00010', vr: 'OW', length: 16, value: null });
    expect(problem).toBeNull();
  });
});

describe('a sequence', () => {
  it('is read with lengths', () => {
    const items = buildItems([
      buildDataset([['00080100', 'SH', 'A']]),
      buildDataset([['00080100', 'SH', 'B']]),
    ]);
    const attributes = parseDataset(buildDataset([['00081032', 'SQ', items]]), explicit);

    const codes = attributes.get('00081032')?.items?.map((each) => textOf(each, 'CodeValue'));

    expect(codes).toEqual(['A', 'B']);
  });

  it('is read with delimiters', () => {
    const bytes = hex(
      `0800 3210 5351 0000 ${undefinedLength}`,
      `${item}${undefinedLength} 0800 0001 5348 0200 4120 ${itemEnd}`,
      `${item}0A000000 0800 0001 5348 0200 4220`,
      sequenceEnd,
      '1000 2000 4C4F 0200 3741',
    );

    const attributes = parseDataset(bytes, explicit);

    expect(attributes.get('00081032')?.items?.map((each) => textOf(each, 'CodeValue'))).toEqual(['A', 'B']);
    expect(textOf(attributes, 'PatientID')).toBe('7A');
  });

  it('under UN of undefined length is implicit inside, and what follows is not lost', () => {
    const bytes = hex(
      `0900 0110 554E 0000 ${undefinedLength}`,
      `${item}${undefinedLength} 1000 2000 02000000 3741 ${itemEnd}`,
      sequenceEnd,
      '1000 2000 4C4F 0200 3742',
    );

    const attributes = parseDataset(bytes, explicit);

    expect(textOf(attributes.get('00091001')!.items![0]!, 'PatientID')).toBe('7A');
    expect(textOf(attributes, 'PatientID')).toBe('7B');
  });

  it('under UN of undefined length is passed over as well', () => {
    const bytes = hex(
      `0900 0110 554E 0000 ${undefinedLength}`,
      `${item}${undefinedLength} 1000 2000 02000000 3741`,
      `1100 0110 ${undefinedLength} ${item}${undefinedLength} ${itemEnd} ${sequenceEnd} ${itemEnd}`,
      sequenceEnd,
      '1000 2000 4C4F 0200 3742',
    );

    const { attributes, problem } = scanDataset(bytes, explicit, { sequences: new Set() });

    expect(problem).toBeNull();
    expect(attributes.get('00091001')?.items).toBeNull();
    expect(textOf(attributes, 'PatientID')).toBe('7B');
  });

  it('that its writer ended without ending its last item is read', () => {
    const bytes = hex(
      `0800 3210 5351 0000 ${undefinedLength}`,
      `${item}${undefinedLength} 0800 0001 5348 0200 4120`,
      sequenceEnd,
      '1000 2000 4C4F 0200 3741',
    );

    expect(textOf(parseDataset(bytes, explicit), 'PatientID')).toBe('7A');
    expect(textOf(scanDataset(bytes, explicit, { sequences: new Set() }).attributes, 'PatientID')).toBe('7A');
  });

  it('that is broken costs a tolerant reader only itself', () => {
    const broken = Buffer.from('this is no item');
    const bytes = buildDataset([
      ['00081032', 'SQ', broken],
      ['00100020', 'LO', '7'],
    ]);

    const { attributes, problem } = scanDataset(bytes, explicit);

    expect(problem).toBeNull();
    expect(attributes.get('00081032')?.items).toBeNull();
    expect(textOf(attributes, 'PatientID')).toBe('7');
    expect(() => parseDataset(bytes, explicit)).toThrow(DatasetError);
  });
});

describe('encapsulated pixel data', () => {
  it('is walked over by its fragments, whatever is in them', () => {
    const bytes = hex(
      `E07F 1000 4F42 0000 ${undefinedLength}`,
      `${item}00000000`,
      `${item}08000000 ${sequenceEnd}`,
      sequenceEnd,
      'FCFF FCFF 4F42 0000 02000000 0000',
    );

    const attributes = parseDataset(bytes, jpeg);

    expect(attributes.get('7FE00010')).toMatchObject({ offset: 12, length: 32, undefinedLength: true });
    expect(attributes.get('FFFCFFFC')).toMatchObject({ length: 2 });
  });
});

describe('hostile bytes', () => {
  it('declare lengths in vain', () => {
    const bytes = hex('0800 6000 4353 0200 4354', '1000 1000 554E 0000 F0FFFF7F 4142');

    const { attributes, problem } = scanDataset(bytes, explicit);

    expect(problem?.reason).toBe('cut short');
    expect([...attributes.keys()]).toEqual(['00080060']);
    expect(() => parseDataset(bytes, explicit)).toThrow(DatasetError);
  });

  it('nest in vain, and fast', () => {
    const opening = hex(`0900 0110 5351 0000 ${undefinedLength}`, `${item}${undefinedLength}`);
    const closing = hex(itemEnd, sequenceEnd);
    const depth = 150_000;
    const bytes = Buffer.concat([
      hex('0800 6000 4353 0200 4354'),
      ...Array.from({ length: depth }, () => opening),
      ...Array.from({ length: depth }, () => closing),
      hex('1000 2000 4C4F 0200 3741'),
    ]);

    const start = performance.now();
    const { attributes, problem } = scanDataset(bytes, explicit);

    expect(problem).toBeNull();
    expect(textOf(attributes, 'PatientID')).toBe('7A');
    expect(attributes.get('00091001')?.items).toBeNull();
    expect(() => parseDataset(bytes, explicit)).toThrow('nested too deep');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('nest without end, and are given up fast', () => {
    const opening = hex(`0900 0110 ${undefinedLength}`, `${item}${undefinedLength}`);
    const bytes = Buffer.concat(Array.from({ length: 200_000 }, () => opening));

    const start = performance.now();

    expect(scanDataset(bytes, implicit).problem?.reason).toBe('cut short');
    expect(() => parseDataset(bytes, implicit)).toThrow(DatasetError);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('have more elements than anyone needs', () => {
    const element = hex('1000 2000 00000000');
    const bytes = Buffer.concat(Array.from({ length: 200_001 }, () => element));

    expect(() => parseDataset(bytes, implicit)).toThrow('too many elements');
  });

  it('are mostly zeros', () => {
    const bytes = Buffer.concat([Buffer.alloc(4_000_000), Buffer.from([1])]);

    const start = performance.now();
    scanDataset(bytes, implicit);

    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('end at every offset of a data set, and never throw anything else', () => {
    const items = buildItems([buildDataset([['00080100', 'SH', 'AB']])]);
    const whole = Buffer.concat([
      buildDataset([
        ['00080060', 'CS', 'CT'],
        ['00081032', 'SQ', items],
      ]),
      hex(`0900 0110 554E 0000 ${undefinedLength}`),
      hex(`${item}${undefinedLength} 1000 2000 02000000 3741 ${itemEnd}`, sequenceEnd),
      hex('1000 2000 4C4F 0200 3741'),
    ]);

    const ends = Array.from({ length: whole.length }, (_, end) => whole.subarray(0, end));

    for (const [end, bytes] of ends.entries()) {
      const { problem } = scanDataset(bytes, explicit);
      const betweenElements = [0, 10, 40, 86].includes(end);
      expect([end, problem === null]).toEqual([end, betweenElements]);
    }
  });

  it('are anything at all, and never throw anything else', () => {
    const start = buildDataset([
      ['00080060', 'CS', 'CT'],
      ['00081032', 'SQ', buildItems([buildDataset([['00080100', 'SH', 'AB']])])],
    ]);

    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.tuple(fc.nat(start.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.constantFrom(implicit, explicit, big, jpeg),
        (noise, changes, syntax) => {
          const changed = Buffer.from(start);
          for (const [at, byte] of changes) changed[at] = byte;
          for (const bytes of [noise, changed, Buffer.concat([changed, noise])]) {
            scanDataset(bytes, syntax);
            scanDataset(bytes, syntax, { sequences: new Set() });
            expect(thrownBy(() => parseDataset(bytes, syntax))).toSatisfy(
              (thrown) => thrown === null || thrown instanceof DatasetError,
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
