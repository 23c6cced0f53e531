import type { Element } from './attributes.ts';
import { vrOf } from './dictionary.ts';

interface NumberFormat {
  readonly size: number;
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
  readonly write: (view: DataView, number: number, littleEndian: boolean) => void;
}

/** The value representations that hold binary numbers (PS3.5 §6.2). */
const formats: Readonly<Record<string, NumberFormat>> = {
  US: {
    size: 2,
    read: (view, offset, little) => view.getUint16(offset, little),
    write: (view, number, little) => view.setUint16(0, number, little),
  },
  SS: {
    size: 2,
    read: (view, offset, little) => view.getInt16(offset, little),
    write: (view, number, little) => view.setInt16(0, number, little),
  },
  UL: {
    size: 4,
    read: (view, offset, little) => view.getUint32(offset, little),
    write: (view, number, little) => view.setUint32(0, number, little),
  },
  SL: {
    size: 4,
    read: (view, offset, little) => view.getInt32(offset, little),
    write: (view, number, little) => view.setInt32(0, number, little),
  },
  FL: {
    size: 4,
    read: (view, offset, little) => view.getFloat32(offset, little),
    write: (view, number, little) => view.setFloat32(0, number, little),
  },
  FD: {
    size: 8,
    read: (view, offset, little) => view.getFloat64(offset, little),
    write: (view, number, little) => view.setFloat64(0, number, little),
  },
  UV: {
    size: 8,
    read: (view, offset, little) => Number(view.getBigUint64(offset, little)),
    write: (view, number, little) => view.setBigUint64(0, BigInt(number), little),
  },
  SV: {
    size: 8,
    read: (view, offset, little) => Number(view.getBigInt64(offset, little)),
    write: (view, number, little) => view.setBigInt64(0, BigInt(number), little),
  },
};

/** `null`: its representation holds no binary numbers. Bytes too few for a last number are passed over. */
export function binaryNumbers({ tag, vr, value, bigEndian }: Element): readonly number[] | null {
  const format = formats[vr === 'UN' ? (vrOf(tag) ?? '') : vr];
  if (format === undefined || value === null) return null;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Array.from({ length: Math.floor(value.length / format.size) }, (_, index) =>
    format.read(view, index * format.size, !bigEndian),
  );
}

/** The bytes of such numbers; `null`: the representation holds none. */
export function encodeNumbers(numbers: readonly number[], vr: string, bigEndian: boolean): Buffer | null {
  const format = formats[vr];
  if (format === undefined) return null;
  return Buffer.concat(
    numbers.map((number) => {
      const view = new DataView(new ArrayBuffer(format.size));
      format.write(view, number, !bigEndian);
      return Buffer.from(view.buffer);
    }),
  );
}
