import type { Abort, AssociateAc, AssociateRj, AssociateRq, UserInformation } from './pdu.ts';
import { PduType } from './pdu.ts';

/** PS3.8 §9.3.2. */
export function encodeAssociateRq(request: AssociateRq): Buffer {
  return pdu(
    PduType.AssociateRq,
    associateHead(request),
    item(0x10, latin1(request.applicationContextUid)),
    ...request.contexts.map((context) =>
      item(
        0x20,
        Buffer.from([context.id, 0, 0, 0]),
        item(0x30, latin1(context.abstractSyntaxUid)),
        ...context.transferSyntaxUids.map((uid) => item(0x40, latin1(uid))),
      ),
    ),
    encodeUserInformation(request.userInformation),
  );
}

/** PS3.8 §9.3.3. */
export function encodeAssociateAc(answer: AssociateAc): Buffer {
  return pdu(
    PduType.AssociateAc,
    associateHead(answer),
    item(0x10, latin1(answer.applicationContextUid)),
    ...answer.contexts.map((context) =>
      item(
        0x21,
        Buffer.from([context.id, 0, context.result, 0]),
        item(0x40, latin1(context.transferSyntaxUid)),
      ),
    ),
    encodeUserInformation(answer.userInformation),
  );
}

/** PS3.8 §9.3.4. */
export function encodeAssociateRj(rejection: AssociateRj): Buffer {
  return pdu(PduType.AssociateRj, Buffer.from([0, rejection.result, rejection.source, rejection.reason]));
}

/** PS3.8 §9.3.6. */
export function encodeReleaseRq(): Buffer {
  return pdu(PduType.ReleaseRq, Buffer.alloc(4));
}

/** PS3.8 §9.3.7. */
export function encodeReleaseRp(): Buffer {
  return pdu(PduType.ReleaseRp, Buffer.alloc(4));
}

/** PS3.8 §9.3.8. */
export function encodeAbort(abort: Abort): Buffer {
  return pdu(PduType.Abort, Buffer.from([0, 0, abort.source, abort.reason]));
}

/** PDU header, PDV length, context id and control header in front of every fragment (PS3.8 §9.3.5). */
export const dataHeaderBytes = 12;

/** Where a P-DATA-TF PDU of one PDV starts, and what it carries. */
export interface DataHeader {
  readonly contextId: number;
  readonly control: number;
  readonly fragmentBytes: number;
}

/** Writes the twelve bytes in front of a fragment into `target`. */
export function writeDataHeader(target: Buffer, offset: number, header: DataHeader): void {
  target[offset] = PduType.Data;
  target[offset + 1] = 0;
  target.writeUInt32BE(header.fragmentBytes + 6, offset + 2);
  target.writeUInt32BE(header.fragmentBytes + 2, offset + 6);
  target[offset + 10] = header.contextId;
  target[offset + 11] = header.control;
}

/** The bytes in front of the items, the same in RQ and AC; the AE titles are cut at 16. */
function associateHead(associate: {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
}): Buffer {
  const head = Buffer.alloc(68);
  head.writeUInt16BE(associate.protocolVersion, 0);
  head.write(associate.calledAeTitle.slice(0, 16).padEnd(16), 4, 'latin1');
  head.write(associate.callingAeTitle.slice(0, 16).padEnd(16), 20, 'latin1');
  return head;
}

function encodeUserInformation(user: UserInformation): Buffer {
  return item(
    0x50,
    item(0x51, uint32(user.maximumLengthBytes)),
    item(0x52, latin1(user.implementationClassUid)),
    ...(user.asynchronousOperations === null
      ? []
      : [
          item(
            0x53,
            uint16(user.asynchronousOperations.invoked),
            uint16(user.asynchronousOperations.performed),
          ),
        ]),
    ...user.roles.map((role) =>
      item(
        0x54,
        uint16(role.sopClassUid.length),
        latin1(role.sopClassUid),
        Buffer.from([role.scu ? 1 : 0, role.scp ? 1 : 0]),
      ),
    ),
    item(0x55, latin1(user.implementationVersionName)),
    ...user.extendedNegotiation.map((negotiation) =>
      item(
        0x56,
        uint16(negotiation.sopClassUid.length),
        latin1(negotiation.sopClassUid),
        negotiation.information,
      ),
    ),
    ...(user.userIdentity === null
      ? []
      : [
          item(
            0x58,
            Buffer.from([user.userIdentity.type, user.userIdentity.positiveResponseRequested ? 1 : 0]),
            uint16(user.userIdentity.primaryField.length),
            user.userIdentity.primaryField,
            uint16(user.userIdentity.secondaryField.length),
            user.userIdentity.secondaryField,
          ),
        ]),
    ...(user.userIdentityResponse === null
      ? []
      : [item(0x59, uint16(user.userIdentityResponse.length), user.userIdentityResponse)]),
  );
}

function pdu(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0]), uint32(body.length), body]);
}

function item(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0]), uint16(body.length), body]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
