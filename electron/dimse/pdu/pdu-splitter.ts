import { AbortReason, PduError, PduType } from './pdu.ts';

/** Takes what the splitter finds. It may call `hold()` from any of these. */
export interface PduSink {
  /** A whole PDU that isn't P-DATA-TF, without its six bytes of header. */
  pdu(type: number, body: Buffer): void;
  /** A P-DATA-TF PDU begins; its fragments follow. */
  dataPdu(lengthBytes: number): void;
  /**
   * The next bytes of a PDV, as a window on the chunk they came in. One PDV may come in several
   * pieces; `endsPdv` marks the last. `control` is its Message Control Header.
   */
  fragment(contextId: number, control: number, bytes: Buffer, endsPdv: boolean): void;
}

/** A-ASSOCIATE-RQ and -AC; 128 contexts with 38 transfer syntaxes each are 130 kB. */
const maximumAssociateBytes = 256 * 1024;
const headerBytes = 6;
/** A PDV item's own length field counts its context id and control header. */
const pdvOverheadBytes = 2;

type Part = 'pdu-header' | 'body' | 'pdv-header' | 'pdv';

/**
 * Cuts a byte stream into PDUs (PS3.8 §9.3) without ever joining P-DATA: a fragment is handed on
 * as it lies in the chunk. Lengths are checked before a byte is reserved.
 */
export class PduSplitter {
  readonly #sink: PduSink;
  readonly #maximumDataBytes: number;
  readonly #header = Buffer.alloc(headerBytes);
  #headerFilled = 0;
  #part: Part = 'pdu-header';
  #type = 0;
  /** Bytes still to come of the PDU. */
  #pduLeft = 0;
  #body: Buffer = Buffer.alloc(0);
  #contextId = 0;
  #control = 0;
  /** Bytes still to come of the PDV. */
  #pdvLeft = 0;
  #held = false;

  /** `maximumLengthBytes` is what we announced; a PDU may be longer by one PDV header. */
  constructor(sink: PduSink, maximumLengthBytes: number) {
    this.#sink = sink;
    this.#maximumDataBytes = maximumLengthBytes + headerBytes;
  }

  /** Whether the last byte fed left a PDU unfinished. */
  get insidePdu(): boolean {
    return this.#part !== 'pdu-header' || this.#headerFilled > 0;
  }

  /** Makes `push` return at once with what it hasn't cut yet. */
  hold(): void {
    this.#held = true;
  }

  /**
   * Cuts a chunk. Answers what is left of it after a `hold()`, else an empty buffer.
   *
   * @throws PduError when this can't be a PDU; nothing more may be pushed then
   */
  push(chunk: Buffer): Buffer {
    this.#held = false;
    let offset = 0;
    while (offset < chunk.length && !this.#held) offset += this.#take(chunk, offset);
    return chunk.subarray(offset);
  }

  #take(chunk: Buffer, offset: number): number {
    switch (this.#part) {
      case 'pdv':
        return this.#takePdv(chunk, offset);
      case 'body':
        return this.#takeBody(chunk, offset);
      case 'pdu-header':
      case 'pdv-header':
        return this.#takeHeader(chunk, offset);
    }
  }

  #takePdv(chunk: Buffer, offset: number): number {
    const length = Math.min(this.#pdvLeft, chunk.length - offset);
    this.#pdvLeft -= length;
    this.#pduLeft -= length;
    const endsPdv = this.#pdvLeft === 0;
    if (endsPdv) this.#part = this.#pduLeft > 0 ? 'pdv-header' : 'pdu-header';
    this.#sink.fragment(this.#contextId, this.#control, chunk.subarray(offset, offset + length), endsPdv);
    return length;
  }

  #takeBody(chunk: Buffer, offset: number): number {
    const length = Math.min(this.#pduLeft, chunk.length - offset);
    chunk.copy(this.#body, this.#body.length - this.#pduLeft, offset, offset + length);
    this.#pduLeft -= length;
    if (this.#pduLeft === 0) {
      const body = this.#body;
      this.#body = Buffer.alloc(0);
      this.#part = 'pdu-header';
      this.#sink.pdu(this.#type, body);
    }
    return length;
  }

  #takeHeader(chunk: Buffer, offset: number): number {
    const length = Math.min(headerBytes - this.#headerFilled, chunk.length - offset);
    chunk.copy(this.#header, this.#headerFilled, offset, offset + length);
    this.#headerFilled += length;
    if (this.#headerFilled === headerBytes) {
      this.#headerFilled = 0;
      if (this.#part === 'pdu-header') this.#beginPdu();
      else this.#beginPdv();
    }
    return length;
  }

  #beginPdu(): void {
    const type = this.#header.readUInt8(0);
    const length = this.#header.readUInt32BE(2);
    this.#checkLength(type, length);
    this.#type = type;
    this.#pduLeft = length;
    if (type === PduType.Data) {
      this.#part = 'pdv-header';
      this.#sink.dataPdu(length);
      return;
    }
    this.#body = Buffer.allocUnsafe(length);
    this.#part = 'body';
  }

  #beginPdv(): void {
    const length = this.#header.readUInt32BE(0);
    this.#contextId = this.#header.readUInt8(4);
    this.#control = this.#header.readUInt8(5);
    this.#pduLeft -= headerBytes;
    this.#pdvLeft = length - pdvOverheadBytes;
    const after = this.#pduLeft - this.#pdvLeft;
    if (this.#pdvLeft < 0 || after < 0 || (after > 0 && after < headerBytes)) {
      throw invalid(`PDV of ${length} bytes where ${this.#pduLeft} are left in its PDU`);
    }
    this.#part = 'pdv';
    if (this.#pdvLeft > 0) return;
    this.#part = this.#pduLeft > 0 ? 'pdv-header' : 'pdu-header';
    this.#sink.fragment(this.#contextId, this.#control, Buffer.alloc(0), true);
  }

  #checkLength(type: number, length: number): void {
    switch (type) {
      case PduType.AssociateRq:
      case PduType.AssociateAc:
        if (length > maximumAssociateBytes) throw invalid(`A-ASSOCIATE PDU of ${length} bytes`);
        return;
      case PduType.Data:
        if (length < headerBytes || length > this.#maximumDataBytes) {
          throw invalid(`P-DATA-TF PDU of ${length} bytes`);
        }
        return;
      case PduType.AssociateRj:
      case PduType.ReleaseRq:
      case PduType.ReleaseRp:
      case PduType.Abort:
        if (length !== 4) throw invalid(`PDU of type ${type} with ${length} bytes`);
        return;
    }
    throw new PduError(AbortReason.UnrecognizedPdu, `PDU type ${type}`, Buffer.from(this.#header));
  }
}

function invalid(message: string): PduError {
  return new PduError(AbortReason.InvalidPduParameterValue, message);
}
