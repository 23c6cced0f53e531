/** PS3.5 Table 6.2-1 and §7.3: the bytes of a number, which change their places with the byte order. */
const unitBytes: Readonly<Record<string, 2 | 4 | 8>> = {
  AT: 2,
  OW: 2,
  SS: 2,
  US: 2,
  FL: 4,
  OF: 4,
  OL: 4,
  SL: 4,
  UL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

export type UnitBytes = 1 | 2 | 4 | 8;

/** 1 for text, bytes, and what is unknown. */
export function unitOf(vr: string): UnitBytes {
  return unitBytes[vr] ?? 1;
}

/** The same numbers in the other byte order, in a buffer of their own; a rest that isn't whole stays. */
export function swapped(bytes: Uint8Array, unit: UnitBytes): Buffer {
  const copy = Buffer.from(bytes);
  const whole = copy.subarray(0, copy.length - (copy.length % unit));
  switch (unit) {
    case 1:
      break;
    case 2:
      whole.swap16();
      break;
    case 4:
      whole.swap32();
      break;
    case 8:
      whole.swap64();
      break;
  }
  return copy;
}
