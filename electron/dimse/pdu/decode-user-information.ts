import { ByteReader } from './byte-reader.ts';
import { uidFrom } from './uid-text.ts';
import type { RoleSelection, UserIdentity, UserInformation } from './pdu.ts';

/** PS3.7 §D.3.3; sub-items not listed (SOP class common extended negotiation among them) are read past. */
const SubItem = {
  MaximumLength: 0x51,
  ImplementationClassUid: 0x52,
  AsynchronousOperations: 0x53,
  RoleSelection: 0x54,
  ImplementationVersionName: 0x55,
  ExtendedNegotiation: 0x56,
  UserIdentity: 0x58,
  UserIdentityResponse: 0x59,
} as const;

/** What a peer is taken to have said that sent no User Information item. */
export const noUserInformation: UserInformation = {
  maximumLengthBytes: 0,
  implementationClassUid: '',
  implementationVersionName: '',
  roles: [],
  asynchronousOperations: null,
  extendedNegotiation: [],
  userIdentity: null,
  userIdentityResponse: null,
};

/** @throws PduError */
export function decodeUserInformation(body: Buffer): UserInformation {
  const reader = new ByteReader(body);
  let found = noUserInformation;
  while (reader.left > 0) {
    const type = reader.uint8();
    reader.skip(1);
    found = { ...found, ...decodeSubItem(type, reader.bytes(reader.uint16()), found) };
  }
  return found;
}

function decodeSubItem(type: number, body: Buffer, found: UserInformation): Partial<UserInformation> {
  const reader = new ByteReader(body);
  switch (type) {
    case SubItem.MaximumLength:
      return { maximumLengthBytes: reader.uint32() };
    case SubItem.ImplementationClassUid:
      return { implementationClassUid: plainText(body, 64) };
    case SubItem.ImplementationVersionName:
      return { implementationVersionName: plainText(body, 16) };
    case SubItem.AsynchronousOperations:
      return { asynchronousOperations: { invoked: reader.uint16(), performed: reader.uint16() } };
    case SubItem.RoleSelection:
      return { roles: [...found.roles, decodeRole(reader)] };
    case SubItem.ExtendedNegotiation:
      return { extendedNegotiation: [...found.extendedNegotiation, decodeExtended(reader)] };
    case SubItem.UserIdentity:
      return { userIdentity: decodeUserIdentity(reader) };
    case SubItem.UserIdentityResponse:
      return { userIdentityResponse: reader.bytes(reader.uint16()) };
  }
  return {};
}

function decodeRole(reader: ByteReader): RoleSelection {
  const sopClassUid = uidFrom(reader.bytes(reader.uint16()));
  return { sopClassUid, scu: reader.uint8() === 1, scp: reader.uint8() === 1 };
}

function decodeExtended(reader: ByteReader): { readonly sopClassUid: string; readonly information: Buffer } {
  const sopClassUid = uidFrom(reader.bytes(reader.uint16()));
  return { sopClassUid, information: reader.bytes(reader.left) };
}

function decodeUserIdentity(reader: ByteReader): UserIdentity {
  return {
    type: reader.uint8(),
    positiveResponseRequested: reader.uint8() === 1,
    primaryField: reader.bytes(reader.uint16()),
    secondaryField: reader.bytes(reader.uint16()),
  };
}

/** For showing only, so it need not be right: printable ASCII, cut to its length. */
function plainText(bytes: Buffer, maximumLength: number): string {
  return bytes
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, maximumLength);
}
