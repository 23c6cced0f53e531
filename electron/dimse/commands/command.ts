/** Command Field (0000,0100) of every message (PS3.7 §E.1). */
export const CommandField = {
  CStoreRq: 0x0001,
  CStoreRsp: 0x8001,
  CGetRq: 0x0010,
  CGetRsp: 0x8010,
  CFindRq: 0x0020,
  CFindRsp: 0x8020,
  CMoveRq: 0x0021,
  CMoveRsp: 0x8021,
  CEchoRq: 0x0030,
  CEchoRsp: 0x8030,
  NEventReportRq: 0x0100,
  NEventReportRsp: 0x8100,
  NGetRq: 0x0110,
  NGetRsp: 0x8110,
  NSetRq: 0x0120,
  NSetRsp: 0x8120,
  NActionRq: 0x0130,
  NActionRsp: 0x8130,
  NCreateRq: 0x0140,
  NCreateRsp: 0x8140,
  NDeleteRq: 0x0150,
  NDeleteRsp: 0x8150,
  CCancelRq: 0x0fff,
} as const;

/** Command Data Set Type (0000,0800) that says no data set follows; any other value says one does. */
export const NoDataset = 0x0101;

/** What we write into Command Data Set Type (0000,0800) when a data set follows. */
export const WithDataset = 0x0001;

/** Priority (0000,0700): PS3.7 §9.1.1.1.6. */
export const Priority = { Medium: 0x0000, High: 0x0001, Low: 0x0002 } as const;

/**
 * The elements of group 0000 (PS3.7 §E.1), named as the standard names them.
 * What a message doesn't hold is not there.
 */
export interface CommandSet {
  readonly affectedSopClassUid?: string;
  readonly requestedSopClassUid?: string;
  readonly commandField: number;
  readonly messageId?: number;
  readonly messageIdBeingRespondedTo?: number;
  readonly moveDestination?: string;
  readonly priority?: number;
  readonly commandDataSetType: number;
  readonly status?: number;
  /** The tags at fault, eight hexadecimal digits each. */
  readonly offendingElements?: readonly string[];
  readonly errorComment?: string;
  readonly errorId?: number;
  readonly affectedSopInstanceUid?: string;
  readonly requestedSopInstanceUid?: string;
  /** What happened, in an N-EVENT-REPORT. */
  readonly eventTypeId?: number;
  /** The tags an N-GET asks for, eight hexadecimal digits each. */
  readonly attributeIdentifierList?: readonly string[];
  /** What shall be done, in an N-ACTION. */
  readonly actionTypeId?: number;
  readonly moveOriginatorAeTitle?: string;
  readonly moveOriginatorMessageId?: number;
  /** Number of Remaining, Completed, Failed and Warning Sub-operations. */
  readonly remaining?: number;
  readonly completed?: number;
  readonly failed?: number;
  readonly warning?: number;
}

/** A request as the caller states it: the association gives it its Message ID and data set type. */
export type RequestCommand = Omit<CommandSet, 'messageId' | 'commandDataSetType' | 'status'>;

/** Responses have the request's command field with the top bit set. */
export function responseFieldOf(requestField: number): number {
  return requestField | 0x8000;
}

export function isResponseField(commandField: number): boolean {
  return (commandField & 0x8000) !== 0;
}
