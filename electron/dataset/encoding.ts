/** How a transfer syntax writes a data set (PS3.5 §10, Annex A). */
export interface Encoding {
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
  /** The whole data set is one deflate stream (PS3.5 §A.5). */
  readonly deflated: boolean;
  /** Pixel data is a sequence of fragments (PS3.5 §A.4). */
  readonly encapsulated: boolean;
}

export const implicitLittleEndian = '1.2.840.10008.1.2';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
export const explicitBigEndian = '1.2.840.10008.1.2.2';
export const deflatedExplicitLittleEndian = '1.2.840.10008.1.2.1.99';

/** GE's private one: implicit little endian, but for the words of Pixel Data, which are big endian. */
export const geImplicitBigEndianPixels = '1.2.840.113619.5.2';

/** Every syntax not named here, the private ones too, is explicit little endian with fragments. */
export function encodingOf(transferSyntaxUid: string): Encoding {
  const plain = { explicitVr: true, bigEndian: false, deflated: false, encapsulated: false };
  switch (transferSyntaxUid) {
    case implicitLittleEndian:
    case geImplicitBigEndianPixels:
      return { ...plain, explicitVr: false };
    case explicitLittleEndian:
      return plain;
    case explicitBigEndian:
      return { ...plain, bigEndian: true };
    // JPIP Referenced Deflate has no pixels, but is deflated as well.
    case deflatedExplicitLittleEndian:
    case '1.2.840.10008.1.2.4.95':
      return { ...plain, deflated: true };
    default:
      return { ...plain, encapsulated: true };
  }
}
