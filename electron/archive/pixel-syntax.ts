/** What can be made of pixel data in a transfer syntax. */
export type PixelSyntax =
  | { readonly kind: 'native' }
  | { readonly kind: 'compressed'; readonly loss: 'never' | 'perhaps' | 'always' }
  | { readonly kind: 'rle' }
  /** Deflated Image Frame Compression (PS3.5 §A.4.13): inflated here. */
  | { readonly kind: 'deflated-frames' }
  /** Encapsulated Uncompressed Explicit VR Little Endian (PS3.5 §A.4.11). */
  | { readonly kind: 'encapsulated-uncompressed' }
  | { readonly kind: 'unsupported'; readonly detail: string };

const prefix = '1.2.840.10008.1.2.';

/** Those with pixel data in fragments that something can decode. */
const encapsulated: Readonly<Record<string, PixelSyntax>> = {
  '1.98': { kind: 'encapsulated-uncompressed' },
  '4.50': { kind: 'compressed', loss: 'always' },
  '4.51': { kind: 'compressed', loss: 'always' },
  '4.57': { kind: 'compressed', loss: 'never' },
  '4.70': { kind: 'compressed', loss: 'never' },
  '4.80': { kind: 'compressed', loss: 'never' },
  '4.81': { kind: 'compressed', loss: 'always' },
  '4.90': { kind: 'compressed', loss: 'never' },
  '4.91': { kind: 'compressed', loss: 'perhaps' },
  '4.110': { kind: 'compressed', loss: 'never' },
  '4.111': { kind: 'compressed', loss: 'perhaps' },
  '4.112': { kind: 'compressed', loss: 'perhaps' },
  '4.201': { kind: 'compressed', loss: 'never' },
  '4.202': { kind: 'compressed', loss: 'never' },
  '4.203': { kind: 'compressed', loss: 'perhaps' },
  '5': { kind: 'rle' },
  '8.1': { kind: 'deflated-frames' },
};

const native: ReadonlySet<string> = new Set([
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
  '1.2.840.113619.5.2',
]);

export function pixelSyntaxOf(transferSyntaxUid: string): PixelSyntax {
  if (native.has(transferSyntaxUid)) return { kind: 'native' };
  if (!transferSyntaxUid.startsWith(prefix)) return unsupported(`transfer syntax ${transferSyntaxUid}`);
  const rest = transferSyntaxUid.slice(prefix.length);
  const known = encapsulated[rest];
  if (known !== undefined) return known;
  if (/^4\.10\d/.test(rest)) return unsupported('MPEG video');
  if (/^4\.9[45]$|^4\.20[45]$/.test(rest)) return unsupported('pixel data on a JPIP server');
  if (rest.startsWith('7.')) return unsupported('live video (SMPTE ST 2110)');
  return unsupported(`transfer syntax ${transferSyntaxUid}`);
}

function unsupported(detail: string): PixelSyntax {
  return { kind: 'unsupported', detail };
}
