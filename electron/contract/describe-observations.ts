import { modalityOfClass } from './modality-of-class.ts';
import type { ObservedMethod, Secured, SeenObjects } from './observations.ts';
import { objectName, transferSyntaxName } from './uid-names.ts';

export const methodWords: Readonly<Record<ObservedMethod, string>> = {
  'c-echo': 'C-ECHO',
  'c-find': 'C-FIND',
  'c-move': 'C-MOVE',
  'c-move-store': 'C-STORE in, for C-MOVE',
  'c-get': 'C-GET',
  'c-store': 'C-STORE out',
  'c-store-in': 'C-STORE in',
  'qido-rs': 'QIDO-RS',
  'wado-rs': 'WADO-RS',
};

/** Transfer syntaxes in the words in which a compression is preferred. */
const syntaxWords: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': 'Uncompressed',
  '1.2.840.10008.1.2.1': 'Uncompressed',
  '1.2.840.10008.1.2.1.99': 'Deflated',
  '1.2.840.10008.1.2.2': 'Uncompressed',
  '1.2.840.10008.1.2.4.50': 'JPEG, lossy',
  '1.2.840.10008.1.2.4.51': 'JPEG, lossy',
  '1.2.840.10008.1.2.4.57': 'JPEG, lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG, lossless',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS, lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS, lossy',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000, lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000, lossy',
  '1.2.840.10008.1.2.4.201': 'HTJ2K, lossless',
  '1.2.840.10008.1.2.4.202': 'HTJ2K, lossless',
  '1.2.840.10008.1.2.4.203': 'HTJ2K, lossy',
  '1.2.840.10008.1.2.5': 'RLE, lossless',
};

/** `TLS 1.3`, or that there was none. */
export function securedWords(tls: Secured | null): string {
  if (tls === null) return 'no TLS';
  return tls.protocol === null ? 'TLS' : tls.protocol.replace(/^TLSv/, 'TLS ');
}

/** In what a kind of objects was moved last, as a person reads it. */
export interface NegotiatedLine {
  readonly key: string;
  /** `CT`, or what such an object is called. */
  readonly what: string;
  readonly direction: SeenObjects['direction'];
  readonly method: string;
  /** As a preferred compression is called, where one is meant. */
  readonly compression: string;
  /** The standard's name, or the UID where it has none. */
  readonly transferSyntax: string;
  readonly count: number;
  /** 0: too quick to tell. */
  readonly bytesPerSecond: number;
  /** ISO 8601. */
  readonly at: string;
}

/** One line for each kind, direction and transfer syntax, the latest first. */
export function negotiatedLines(objects: readonly SeenObjects[]): readonly NegotiatedLine[] {
  return objects
    .map(lineOf)
    .toSorted((one, other) => other.at.localeCompare(one.at) || one.key.localeCompare(other.key));
}

function lineOf(seen: SeenObjects): NegotiatedLine {
  const { direction, sopClassUid, transferSyntaxUid, count, bytes, ms, at } = seen;
  const transferSyntax = transferSyntaxName(transferSyntaxUid) ?? transferSyntaxUid;
  return {
    key: [direction, sopClassUid, transferSyntaxUid].join(' '),
    what: modalityOfClass(sopClassUid) ?? objectName(sopClassUid) ?? sopClassUid,
    direction,
    method: methodWords[seen.method],
    compression: syntaxWords[transferSyntaxUid] ?? transferSyntax,
    transferSyntax,
    count,
    bytesPerSecond: ms > 0 ? Math.round((bytes * 1000) / ms) : 0,
    at,
  };
}
