import type { CommandSet } from './command.ts';

/** How the value of a command element is written; AT is a list of tags. */
export type CommandVr = 'UI' | 'US' | 'AE' | 'LO' | 'AT';

export interface CommandElement {
  /** The element number; the group is 0000. */
  readonly element: number;
  readonly vr: CommandVr;
  readonly name: keyof CommandSet;
}

/** PS3.7 §E.1, in ascending order, as they must be sent. */
// oxfmt-ignore
export const commandElements: readonly CommandElement[] = [
  { element: 0x0002, vr: 'UI', name: 'affectedSopClassUid' },
  { element: 0x0003, vr: 'UI', name: 'requestedSopClassUid' },
  { element: 0x0100, vr: 'US', name: 'commandField' },
  { element: 0x0110, vr: 'US', name: 'messageId' },
  { element: 0x0120, vr: 'US', name: 'messageIdBeingRespondedTo' },
  { element: 0x0600, vr: 'AE', name: 'moveDestination' },
  { element: 0x0700, vr: 'US', name: 'priority' },
  { element: 0x0800, vr: 'US', name: 'commandDataSetType' },
  { element: 0x0900, vr: 'US', name: 'status' },
  { element: 0x0901, vr: 'AT', name: 'offendingElements' },
  { element: 0x0902, vr: 'LO', name: 'errorComment' },
  { element: 0x0903, vr: 'US', name: 'errorId' },
  { element: 0x1000, vr: 'UI', name: 'affectedSopInstanceUid' },
  { element: 0x1001, vr: 'UI', name: 'requestedSopInstanceUid' },
  { element: 0x1002, vr: 'US', name: 'eventTypeId' },
  { element: 0x1005, vr: 'AT', name: 'attributeIdentifierList' },
  { element: 0x1008, vr: 'US', name: 'actionTypeId' },
  { element: 0x1020, vr: 'US', name: 'remaining' },
  { element: 0x1021, vr: 'US', name: 'completed' },
  { element: 0x1022, vr: 'US', name: 'failed' },
  { element: 0x1023, vr: 'US', name: 'warning' },
  { element: 0x1030, vr: 'AE', name: 'moveOriginatorAeTitle' },
  { element: 0x1031, vr: 'US', name: 'moveOriginatorMessageId' },
];
