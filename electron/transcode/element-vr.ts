import type { ElementHeader } from '../dataset/index.ts';

/** What decides between two representations of an attribute: the image's own, or that of the item around. */
export interface Scope {
  /** (0028,0103) */
  pixelRepresentation: number;
  /** (0028,0100) */
  bitsAllocated: number;
}

export const pixelDataTag = 0x7fe00010;

/** PS3.6 has "US or SS" for them: signed where Pixel Representation is 1 (PS3.5 Annex A.1). */
const unsignedOrSigned: ReadonlySet<number> = new Set([
  0x00189810, 0x00221452, 0x00280071, 0x00280104, 0x00280105, 0x00280106, 0x00280107, 0x00280108, 0x00280109,
  0x00280110, 0x00280111, 0x00280120, 0x00280121, 0x00281100, 0x00281101, 0x00281102, 0x00281103, 0x00281111,
  0x00281112, 0x00281113, 0x00283002, 0x00409211, 0x00409216, 0x00603004, 0x00603006,
]);

/**
 * The representation of an element that was written without one. Of PS3.6's "OB or OW", pixels of up
 * to eight bits are bytes, everything else is words.
 */
export function implicitVr({ tag, vr }: ElementHeader, scope: Scope): string {
  if (tag === pixelDataTag) return scope.bitsAllocated <= 8 ? 'OB' : 'OW';
  if (unsignedOrSigned.has(tag)) return scope.pixelRepresentation === 1 ? 'SS' : 'US';
  return /^[A-Z]{2}$/.test(vr) ? vr : 'UN';
}
