/** PDU types (PS3.8 §9.3.1). */
export const PduType = {
  AssociateRq: 0x01,
  AssociateAc: 0x02,
  AssociateRj: 0x03,
  Data: 0x04,
  ReleaseRq: 0x05,
  ReleaseRp: 0x06,
  Abort: 0x07,
} as const;

/** DICOM Application Context Name (PS3.7 §A.2.1). */
export const applicationContextUid = '1.2.840.10008.3.1.1.1';

/** A presentation context as an A-ASSOCIATE-RQ proposes it (PS3.8 §9.3.2.2). */
export interface ContextProposal {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntaxUid: string;
  readonly transferSyntaxUids: readonly string[];
}

/** The answer to one proposal (PS3.8 §9.3.3.2); the transfer syntax counts only where result is 0. */
export interface ContextAnswer {
  readonly id: number;
  /** PS3.8 Table 9-18: 0 acceptance … 4 transfer syntaxes not supported. */
  readonly result: number;
  readonly transferSyntaxUid: string;
}

/** PS3.7 §D.3.3.4. */
export interface RoleSelection {
  readonly sopClassUid: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

/** PS3.7 §D.3.3.7; the fields may hold passwords and tickets, so they are never logged. */
export interface UserIdentity {
  readonly type: number;
  readonly positiveResponseRequested: boolean;
  readonly primaryField: Buffer;
  readonly secondaryField: Buffer;
}

/** The User Information item (PS3.8 §9.3.2.3, PS3.7 §D.3.3). */
export interface UserInformation {
  /** 0: no limit (PS3.8 §D.1). */
  readonly maximumLengthBytes: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  readonly roles: readonly RoleSelection[];
  readonly asynchronousOperations: { readonly invoked: number; readonly performed: number } | null;
  readonly extendedNegotiation: readonly { readonly sopClassUid: string; readonly information: Buffer }[];
  /** In an A-ASSOCIATE-RQ only. */
  readonly userIdentity: UserIdentity | null;
  /** In an A-ASSOCIATE-AC only: the identity was taken (PS3.7 §D.3.3.7.2). Empty but for Kerberos and SAML. */
  readonly userIdentityResponse: Buffer | null;
}

export interface AssociateRq {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContextUid: string;
  readonly contexts: readonly ContextProposal[];
  readonly userInformation: UserInformation;
}

export interface AssociateAc {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContextUid: string;
  readonly contexts: readonly ContextAnswer[];
  readonly userInformation: UserInformation;
}

/** PS3.8 Table 9-21. */
export interface AssociateRj {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** PS3.8 Table 9-26. */
export interface Abort {
  readonly source: number;
  readonly reason: number;
}

/** Who aborts: PS3.8 Table 9-26. */
export const AbortSource = { ServiceUser: 0, ServiceProvider: 2 } as const;

/** Why the service-provider aborts: PS3.8 Table 9-26. */
export const AbortReason = {
  NotSpecified: 0,
  UnrecognizedPdu: 1,
  UnexpectedPdu: 2,
  UnrecognizedPduParameter: 4,
  UnexpectedPduParameter: 5,
  InvalidPduParameterValue: 6,
} as const;
export type AbortReason = (typeof AbortReason)[keyof typeof AbortReason];

/** Message Control Header of a PDV (PS3.8 §E.2). */
export const PdvFlag = { Command: 0x01, Last: 0x02 } as const;

/** What came can't be a PDU; the reason goes into our A-ABORT. */
export class PduError extends Error {
  readonly reason: AbortReason;
  /** The first bytes of what was read in a PDU's place; empty unless its type was unknown. */
  readonly header: Buffer;

  constructor(reason: AbortReason, message: string, header: Buffer = Buffer.alloc(0)) {
    super(message);
    this.name = 'PduError';
    this.reason = reason;
    this.header = header;
  }
}
