/** How a field is written: text is escaped and cut, a UID is hashed, a bug loses its message. */
type FieldKind = 'text' | 'number' | 'flag' | 'uid' | 'bug';

/**
 * Everything a log line may say. What has no entry here is dropped, so a patient's name or number
 * can't be logged by accident: there is no field to put it in.
 */
export const fieldKinds = {
  // this program
  version: 'text',
  platform: 'text',
  incident: 'text',
  bug: 'bug',
  // who speaks with whom
  serverId: 'text',
  server: 'text',
  host: 'text',
  address: 'text',
  localAddress: 'text',
  remoteAddress: 'text',
  port: 'number',
  listenPort: 'number',
  callingAeTitle: 'text',
  calledAeTitle: 'text',
  tls: 'flag',
  implementationVersionName: 'text',
  // what went on
  step: 'text',
  cause: 'text',
  command: 'text',
  status: 'number',
  result: 'number',
  source: 'number',
  reason: 'number',
  sopClassUid: 'text',
  transferSyntaxUid: 'text',
  state: 'text',
  kind: 'text',
  transferId: 'text',
  line: 'number',
  // of which study, unrecognisably
  studyInstanceUid: 'uid',
  seriesInstanceUid: 'uid',
  sopInstanceUid: 'uid',
  // how much, how long
  ms: 'number',
  bytes: 'number',
  count: 'number',
  expected: 'number',
  arrived: 'number',
  done: 'number',
  remaining: 'number',
  completed: 'number',
  failed: 'number',
  refused: 'number',
  warnings: 'number',
  limitReached: 'flag',
  alreadyHere: 'flag',
} as const satisfies Record<string, FieldKind>;

interface ValueOf {
  readonly text: string | null;
  readonly number: number | null;
  readonly flag: boolean;
  readonly uid: string | null;
  readonly bug: unknown;
}

type FieldKinds = typeof fieldKinds;

/** What may be handed to the log; `undefined` leaves a field out. */
export type LogFields = { readonly [Name in keyof FieldKinds]?: ValueOf[FieldKinds[Name]] | undefined };
