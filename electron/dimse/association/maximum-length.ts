import { AbortReason, PduError } from '../pdu/pdu.ts';

const smallestBytes = 1_024;
const largestBytes = 262_144;
/** What we send at most to a peer that sets no limit. */
const unlimitedBytes = 65_536;
/** Context id, control header and length field of the one PDV in a PDU. */
const pdvHeaderBytes = 6;

/**
 * How many bytes of a message go into one fragment for a peer with this Maximum Length (PS3.8 §D.1),
 * an even number. Null: it is too short to work with.
 */
export function fragmentBytesFor(maximumLengthBytes: number): number | null {
  if (maximumLengthBytes === 0) return unlimitedBytes - pdvHeaderBytes;
  if (maximumLengthBytes < smallestBytes) return null;
  const usable = Math.min(maximumLengthBytes, largestBytes) - pdvHeaderBytes;
  return usable - (usable % 2);
}

/** The Maximum Length in a peer's A-ASSOCIATE-AC is too short to work with. */
export class MaximumLengthError extends PduError {
  readonly maximumLengthBytes: number;

  constructor(maximumLengthBytes: number) {
    super(AbortReason.InvalidPduParameterValue, `Maximum Length ${maximumLengthBytes}`);
    this.name = 'MaximumLengthError';
    this.maximumLengthBytes = maximumLengthBytes;
  }
}
