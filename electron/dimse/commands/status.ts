/** Statuses by number (PS3.7 Annex C; PS3.4 Tables B.2-1, C.4-1, C.4-2, C.4-3). */
export const Status = {
  Success: 0x0000,
  Cancel: 0xfe00,
  Pending: 0xff00,
  /** Pending, and one or more optional keys were not supported for matching. */
  PendingWithoutOptionalKeys: 0xff01,

  /** Warnings. */
  AttributeListError: 0x0107,
  AttributeValueOutOfRange: 0x0116,
  /** C-STORE: coercion of data elements. C-MOVE and C-GET: one or more sub-operations failed. */
  CoercionOrSubOperationFailures: 0xb000,
  ElementsDiscarded: 0xb006,
  DatasetDoesNotMatchSopClassWarning: 0xb007,

  /** Failures. */
  NoSuchAttribute: 0x0105,
  InvalidAttributeValue: 0x0106,
  ProcessingFailure: 0x0110,
  DuplicateSopInstance: 0x0111,
  NoSuchSopInstance: 0x0112,
  NoSuchEventType: 0x0113,
  NoSuchArgument: 0x0114,
  InvalidArgumentValue: 0x0115,
  InvalidSopInstance: 0x0117,
  NoSuchSopClass: 0x0118,
  ClassInstanceConflict: 0x0119,
  MissingAttribute: 0x0120,
  MissingAttributeValue: 0x0121,
  SopClassNotSupported: 0x0122,
  NoSuchActionType: 0x0123,
  NotAuthorized: 0x0124,
  DuplicateInvocation: 0x0210,
  UnrecognizedOperation: 0x0211,
  MistypedArgument: 0x0212,
  ResourceLimitation: 0x0213,
  OutOfResources: 0xa700,
  UnableToCalculateMatches: 0xa701,
  UnableToPerformSubOperations: 0xa702,
  MoveDestinationUnknown: 0xa801,
  /** C-STORE: the data set doesn't match the SOP class. C-FIND, C-MOVE: the identifier doesn't. */
  DatasetDoesNotMatchSopClass: 0xa900,
  CannotUnderstand: 0xc000,
} as const;

export type StatusCategory = 'success' | 'pending' | 'warning' | 'cancel' | 'failure';

/** PS3.7 §C.1-C.5: which class a status belongs to, by its number alone. */
export function statusCategory(status: number): StatusCategory {
  if (status === Status.Success) return 'success';
  if (status === Status.Pending || status === Status.PendingWithoutOptionalKeys) return 'pending';
  if (status === Status.Cancel) return 'cancel';
  // 0001H is a warning in PS3.7 Annex C.3 for requested optional attributes not supported.
  if (status === 0x0001 || status >> 12 === 0xb) return 'warning';
  if (status === Status.AttributeListError || status === Status.AttributeValueOutOfRange) return 'warning';
  return 'failure';
}
