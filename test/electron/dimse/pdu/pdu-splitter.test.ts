import { describe, expect, it } from 'vitest';
import { PduError } from '../../../../electron/dimse/pdu/pdu.ts';
import { PduSplitter } from '../../../../electron/dimse/pdu/pdu-splitter.ts';
import { golden, pduHeaderBytes } from '../../../support/golden-pdus.ts';

const maximumLength = 1_024;

interface Found {
  readonly pdus: { type: number; body: string }[];
  readonly dataPdus: number[];
  readonly pdvs: { contextId: number; control: number; bytes: string; pieces: number }[];
}

/** Splits chunks, joining the pieces of each PDV only to compare them. */
function split(chunks: readonly Buffer[], maximum = maximumLength): Found {
  const found: Found = { pdus: [], dataPdus: [], pdvs: [] };
  let pieces: Buffer[] = [];
  const splitter = new PduSplitter(
    {
      pdu: (type, body) => found.pdus.push({ type, body: body.toString('hex') }),
      dataPdu: (length) => found.dataPdus.push(length),
      fragment: (contextId, control, bytes, ends) => {
        pieces.push(bytes);
        if (!ends) return;
        const joined = Buffer.concat(pieces).toString('hex');
        found.pdvs.push({ contextId, control, bytes: joined, pieces: pieces.length });
        pieces = [];
      },
    },
    maximum,
  );
  for (const chunk of chunks) expect(splitter.push(chunk)).toHaveLength(0);
  return found;
}

function dataPdu(...pdvs: readonly { contextId: number; control: number; bytes: Buffer }[]): Buffer {
  const items = pdvs.map(({ contextId, control, bytes }) => {
    const header = Buffer.alloc(6);
    header.writeUInt32BE(bytes.length + 2, 0);
    header[4] = contextId;
    header[5] = control;
    return Buffer.concat([header, bytes]);
  });
  return pduOf(4, Buffer.concat(items));
}

function pduOf(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(6);
  header[0] = type;
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function header(type: number, length: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes[0] = type;
  bytes.writeUInt32BE(length, 2);
  return bytes;
}

function errorOf(chunk: Buffer): PduError {
  try {
    split([chunk]);
  } catch (error) {
    if (error instanceof PduError) return error;
  }
  throw new Error('it was taken');
}

/** What was found, however many pieces it came in. */
function bare(found: Found): object {
  return { ...found, pdvs: found.pdvs.map((pdv) => ({ ...pdv, pieces: 0 })) };
}

/** The headers of a PDU and of the PDV in it, with these lengths. */
function pdvIn(pduLength: number, pdvLength: number): Buffer {
  const pdv = Buffer.alloc(6);
  pdv.writeUInt32BE(pdvLength, 0);
  return Buffer.concat([header(4, pduLength), pdv]);
}

const conversation = Buffer.concat([
  golden.associateRq,
  golden.echoRq,
  dataPdu(
    { contextId: 3, control: 1, bytes: Buffer.from('abcdef') },
    { contextId: 3, control: 0, bytes: Buffer.alloc(0) },
    { contextId: 5, control: 2, bytes: Buffer.from('ghi') },
  ),
  golden.releaseRq,
  golden.abort,
]);

describe('the PDU splitter', () => {
  it('hands on each golden PDU without its header', () => {
    for (const pdu of Object.values(golden)) {
      const found = split([pdu]);

      const isData = pdu[0] === 4;
      expect(found.pdus).toEqual(
        isData ? [] : [{ type: pdu[0], body: pdu.subarray(pduHeaderBytes).toString('hex') }],
      );
      expect(found.dataPdus).toEqual(isData ? [pdu.length - pduHeaderBytes] : []);
    }
  });

  it('finds the same in a conversation fed whole, byte by byte and cut at every offset', () => {
    const found = split([conversation]);
    const whole = bare(found);

    expect(found.pdus.map(({ type }) => type)).toEqual([1, 5, 7]);
    expect(found.pdvs.map(({ contextId }) => contextId)).toEqual([1, 3, 3, 5]);
    expect(bare(split([...conversation].map((byte) => Buffer.from([byte]))))).toEqual(whole);
    for (let cut = 1; cut < conversation.length; cut++) {
      expect(bare(split([conversation.subarray(0, cut), conversation.subarray(cut)]))).toEqual(whole);
    }
  });

  it('never copies a fragment: it is a window on its chunk', () => {
    const chunk = dataPdu({ contextId: 1, control: 0, bytes: Buffer.alloc(500, 7) });
    const windows: Buffer[] = [];
    const splitter = new PduSplitter(
      { pdu: () => {}, dataPdu: () => {}, fragment: (_id, _control, bytes) => windows.push(bytes) },
      maximumLength,
    );

    splitter.push(chunk);

    expect(windows).toHaveLength(1);
    expect(windows[0]!.buffer).toBe(chunk.buffer);
    expect(windows[0]!.byteOffset).toBe(chunk.byteOffset + 12);
  });

  it('stops where it is told to and gives back the rest', () => {
    const chunk = Buffer.concat([golden.echoRq, golden.echoRq, golden.releaseRq]);
    let fragments = 0;
    const splitter: PduSplitter = new PduSplitter(
      {
        pdu: () => {},
        dataPdu: () => {},
        fragment: () => {
          fragments++;
          splitter.hold();
        },
      },
      maximumLength,
    );

    const rest = splitter.push(chunk);

    expect(fragments).toBe(1);
    expect(rest).toHaveLength(golden.echoRq.length + golden.releaseRq.length);
    expect(splitter.push(rest)).toHaveLength(golden.releaseRq.length);
    expect(fragments).toBe(2);
  });

  it('tells whether it stands inside a PDU', () => {
    const splitter = new PduSplitter({ pdu: () => {}, dataPdu: () => {}, fragment: () => {} }, maximumLength);

    expect(splitter.insidePdu).toBe(false);
    splitter.push(golden.echoRq.subarray(0, 3));
    expect(splitter.insidePdu).toBe(true);
    splitter.push(golden.echoRq.subarray(3, 40));
    expect(splitter.insidePdu).toBe(true);
    splitter.push(golden.echoRq.subarray(40));
    expect(splitter.insidePdu).toBe(false);
  });
});

describe('the limits of the PDU splitter', () => {
  it('refuses an unknown PDU type as unrecognized, by its header alone, and keeps that header', () => {
    for (const type of [0, 8, 0x15, 0x16, 0x47, 255]) {
      const error = errorOf(header(type, 10));
      expect(error.reason).toBe(1);
      expect(error.header[0]).toBe(type);
    }
  });

  it('takes an A-ASSOCIATE PDU of 256 kB and refuses a longer one before it comes', () => {
    expect(split([pduOf(1, Buffer.alloc(256 * 1024))]).pdus).toHaveLength(1);
    expect(errorOf(header(1, 256 * 1024 + 1)).reason).toBe(6);
    expect(errorOf(header(2, 0xffffffff)).reason).toBe(6);
  });

  it('takes a P-DATA-TF PDU six bytes above our Maximum Length and refuses one more', () => {
    const longest = dataPdu({ contextId: 1, control: 0, bytes: Buffer.alloc(maximumLength) });
    expect(split([longest]).dataPdus).toEqual([maximumLength + 6]);
    expect(errorOf(header(4, maximumLength + 7)).reason).toBe(6);
    expect(errorOf(header(4, 0xffffffff)).reason).toBe(6);
  });

  it('refuses a P-DATA-TF PDU too short for a PDV', () => {
    for (const length of [0, 1, 5]) expect(errorOf(header(4, length)).reason).toBe(6);
  });

  it('refuses the short PDUs in any other length than four', () => {
    for (const type of [3, 5, 6, 7]) {
      for (const length of [0, 3, 5, 0xffffffff]) expect(errorOf(header(type, length)).reason).toBe(6);
    }
  });

  it('refuses a PDV whose length is below two, beyond its PDU, or leaves a stump behind it', () => {
    expect(errorOf(pdvIn(100, 0)).reason).toBe(6);
    expect(errorOf(pdvIn(100, 1)).reason).toBe(6);
    expect(errorOf(pdvIn(100, 97)).reason).toBe(6);
    expect(errorOf(pdvIn(100, 0xffffffff)).reason).toBe(6);
    expect(errorOf(pdvIn(100, 93)).reason).toBe(6);
    expect(split([pdvIn(100, 96)]).dataPdus).toEqual([100]);
  });
});
