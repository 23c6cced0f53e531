import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeAbort,
  decodeAssociateAc,
  decodeAssociateRj,
  decodeAssociateRq,
} from '../../../../electron/dimse/pdu/decode-pdu.ts';
import {
  encodeAbort,
  encodeAssociateAc,
  encodeAssociateRj,
  encodeAssociateRq,
  encodeReleaseRp,
  encodeReleaseRq,
} from '../../../../electron/dimse/pdu/encode-pdu.ts';
import { PduError } from '../../../../electron/dimse/pdu/pdu.ts';
import type { AssociateRq, UserInformation } from '../../../../electron/dimse/pdu/pdu.ts';
import { golden, pduHeaderBytes } from '../../../support/golden-pdus.ts';

const verification = '1.2.840.10008.1.1';
const implicit = '1.2.840.10008.1.2';

const dcmtk: UserInformation = {
  maximumLengthBytes: 16_384,
  implementationClassUid: '1.2.276.0.7230010.3.0.3.6.7',
  implementationVersionName: 'OFFIS_DCMTK_367',
  roles: [],
  asynchronousOperations: null,
  extendedNegotiation: [],
  userIdentity: null,
  userIdentityResponse: null,
};

const goldenRq: AssociateRq = {
  protocolVersion: 1,
  calledAeTitle: 'STORESCP',
  callingAeTitle: 'ECHOSCU',
  applicationContextUid: '1.2.840.10008.3.1.1.1',
  contexts: [{ id: 1, abstractSyntaxUid: verification, transferSyntaxUids: [implicit] }],
  userInformation: dcmtk,
};

const bodyOf = (pdu: Buffer): Buffer => pdu.subarray(pduHeaderBytes);

function reasonOf(work: () => unknown): number {
  try {
    work();
  } catch (error) {
    if (error instanceof PduError) return error.reason;
    throw error;
  }
  throw new Error('it was taken');
}

/** The golden request with other items in place of its own. */
function requestWith(change: Partial<AssociateRq>): Buffer {
  return bodyOf(encodeAssociateRq({ ...goldenRq, ...change }));
}

/** What decoding these items behind a good head comes to: null for a PduError. */
function outcomeOf(decode: (body: Buffer) => object, items: Uint8Array): unknown {
  try {
    return decode(Buffer.concat([golden.associateRq.subarray(6, 74), items]));
  } catch (error) {
    return error instanceof PduError ? null : error;
  }
}

function isExpected(outcome: unknown): boolean {
  return outcome === null || !(outcome instanceof Error);
}

function contextsOf(ids: readonly number[]): AssociateRq['contexts'] {
  return ids.map((id) => ({ id, abstractSyntaxUid: verification, transferSyntaxUids: [implicit] }));
}

function item(type: number, body: Buffer, length = body.length): Buffer {
  const header = Buffer.from([type, 0, 0, 0]);
  header.writeUInt16BE(length, 2);
  return Buffer.concat([header, body]);
}

describe('decoding PDUs', () => {
  it('reads what echoscu asks', () => {
    expect(decodeAssociateRq(bodyOf(golden.associateRq))).toEqual(goldenRq);
  });

  it('reads what storescp answers', () => {
    expect(decodeAssociateAc(bodyOf(golden.associateAc))).toEqual({
      ...goldenRq,
      contexts: [{ id: 1, result: 0, transferSyntaxUid: implicit }],
    });
  });

  it('reads a rejection and an abort', () => {
    expect(decodeAssociateRj(bodyOf(golden.associateRj))).toEqual({ result: 1, source: 1, reason: 7 });
    expect(decodeAbort(Buffer.from([0, 0, 2, 6]))).toEqual({ source: 2, reason: 6 });
  });

  it('reads back every item we can write', () => {
    const request: AssociateRq = {
      ...goldenRq,
      contexts: [
        { id: 5, abstractSyntaxUid: verification, transferSyntaxUids: [implicit, '1.2.840.10008.1.2.1'] },
        { id: 3, abstractSyntaxUid: '1.2.3', transferSyntaxUids: [] },
      ],
      userInformation: {
        maximumLengthBytes: 131_072,
        implementationClassUid: '2.25.1',
        implementationVersionName: 'V1',
        roles: [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.2', scu: false, scp: true }],
        asynchronousOperations: { invoked: 5, performed: 0 },
        extendedNegotiation: [{ sopClassUid: '1.2.3.4', information: Buffer.from([1, 1, 0]) }],
        userIdentity: {
          type: 2,
          positiveResponseRequested: true,
          primaryField: Buffer.from('name'),
          secondaryField: Buffer.from('word'),
        },
        userIdentityResponse: Buffer.from('token'),
      },
    };

    expect(decodeAssociateRq(bodyOf(encodeAssociateRq(request)))).toEqual(request);
  });

  it('takes contexts in any order of their ids', () => {
    const contexts = [9, 255, 1].map((id) => ({
      id,
      abstractSyntaxUid: verification,
      transferSyntaxUids: [implicit],
    }));

    expect(decodeAssociateRq(requestWith({ contexts })).contexts.map(({ id }) => id)).toEqual([9, 255, 1]);
  });

  it('takes 128 contexts and refuses ids that are even or come twice', () => {
    const all = Array.from({ length: 128 }, (_, index) => 2 * index + 1);

    expect(decodeAssociateRq(requestWith({ contexts: contextsOf(all) })).contexts).toHaveLength(128);
    for (const ids of [[2], [0], [1, 1], [...all, 255]]) {
      expect(reasonOf(() => decodeAssociateRq(requestWith({ contexts: contextsOf(ids) })))).toBe(6);
    }
  });

  it('refuses a UID that is longer than 64 or no UID', () => {
    for (const uid of ['1'.repeat(65), '1'.repeat(60_000), '../../etc', '1.2\x003', '']) {
      const contexts = [{ id: 1, abstractSyntaxUid: uid, transferSyntaxUids: [implicit] }];
      expect(reasonOf(() => decodeAssociateRq(requestWith({ contexts })))).toBe(6);
    }
    const padded = [{ id: 1, abstractSyntaxUid: `${verification}\0`, transferSyntaxUids: [`${implicit} `] }];
    expect(decodeAssociateRq(requestWith({ contexts: padded })).contexts).toEqual(goldenRq.contexts);
  });

  it('does not mind what a refused context says of its transfer syntax', () => {
    const head = bodyOf(golden.associateAc).subarray(0, 68);
    const body = Buffer.concat([head, item(0x21, Buffer.from([1, 0, 3, 0]))]);

    expect(decodeAssociateAc(body).contexts).toEqual([{ id: 1, result: 3, transferSyntaxUid: '' }]);
  });

  it('reads past items it does not know, and takes a missing User Information as no limit', () => {
    const head = bodyOf(golden.associateRq).subarray(0, 68);
    const unknown = item(0x77, Buffer.from('what'));

    const request = decodeAssociateRq(Buffer.concat([head, unknown]));

    expect(request.contexts).toEqual([]);
    expect(request.userInformation.maximumLengthBytes).toBe(0);
  });

  it('refuses an item that claims more bytes than there are, in every place', () => {
    const head = bodyOf(golden.associateRq).subarray(0, 68);
    const lying = [
      item(0x10, Buffer.from('1.2'), 4),
      item(0x20, Buffer.concat([Buffer.from([1, 0, 0, 0]), item(0x30, Buffer.from('1.2'), 65_535)])),
      item(0x50, item(0x51, Buffer.from([0, 0]))),
      item(0x50, item(0x54, Buffer.from([0xff, 0xff, 0x31]))),
      item(0x50, item(0x58, Buffer.from([1, 0, 0, 9, 0x61]))),
    ];

    for (const bytes of lying) {
      expect(reasonOf(() => decodeAssociateRq(Buffer.concat([head, bytes])))).toBe(6);
    }
  });

  it('refuses an A-ASSOCIATE-RQ cut at any offset, unless it is cut between items', () => {
    const body = bodyOf(golden.associateRq);
    const between = new Set([68, 68 + 25, 68 + 25 + 50]);
    const cuts = Array.from(body.keys()).filter((cut) => !between.has(cut));

    const reasons = cuts.map((cut) => reasonOf(() => decodeAssociateRq(body.subarray(0, cut))));

    expect(new Set(reasons)).toEqual(new Set([6]));
  });

  it('answers any bytes with a request or a PduError', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), (bytes) =>
        [decodeAssociateRq, decodeAssociateAc].every((decode) => isExpected(outcomeOf(decode, bytes))),
      ),
    );
    expect(outcomeOf(decodeAssociateRq, Buffer.alloc(0))).toMatchObject({ calledAeTitle: 'STORESCP' });
  });
});

describe('encoding PDUs', () => {
  it('writes what echoscu writes, byte by byte but for the reserved ones', () => {
    const reserved = Buffer.from(golden.associateRq);
    // DCMTK writes FFH in the reserved third byte of a proposed context; it is not tested.
    reserved[6 + 68 + 25 + 6] = 0;

    expect(encodeAssociateRq(goldenRq).toString('hex')).toBe(reserved.toString('hex'));
  });

  it('writes what storescp writes', () => {
    const answer = { ...goldenRq, contexts: [{ id: 1, result: 0, transferSyntaxUid: implicit }] };

    expect(encodeAssociateAc(answer).toString('hex')).toBe(golden.associateAc.toString('hex'));
    expect(encodeAssociateRj({ result: 1, source: 1, reason: 7 })).toEqual(golden.associateRj);
    expect(encodeReleaseRq()).toEqual(golden.releaseRq);
    expect(encodeReleaseRp()).toEqual(golden.releaseRp);
    expect(encodeAbort({ source: 0, reason: 0 })).toEqual(golden.abort);
  });

  it('cuts an AE title at sixteen characters', () => {
    const request = { ...goldenRq, calledAeTitle: 'A'.repeat(20) };

    expect(decodeAssociateRq(bodyOf(encodeAssociateRq(request))).calledAeTitle).toBe('A'.repeat(16));
  });
});
