/** PS3.8 Table 9-10, states: 1 idle … 6 established … 13 awaiting the end of the transport connection. */
export const states = [
  'Sta1',
  'Sta2',
  'Sta3',
  'Sta4',
  'Sta5',
  'Sta6',
  'Sta7',
  'Sta8',
  'Sta9',
  'Sta10',
  'Sta11',
  'Sta12',
  'Sta13',
] as const;
export type State = (typeof states)[number];

/** PS3.8 Table 9-10, events, in the standard's order and with its numbers. */
export const Event = {
  AssociateRequest: 1,
  TransportConnected: 2,
  AssociateAcceptPdu: 3,
  AssociateRejectPdu: 4,
  TransportIndication: 5,
  AssociateRequestPdu: 6,
  AssociateResponseAccept: 7,
  AssociateResponseReject: 8,
  DataRequest: 9,
  DataPdu: 10,
  ReleaseRequest: 11,
  ReleaseRequestPdu: 12,
  ReleaseResponsePdu: 13,
  ReleaseResponse: 14,
  AbortRequest: 15,
  AbortPdu: 16,
  TransportClosed: 17,
  ArtimExpired: 18,
  InvalidPdu: 19,
} as const;
export type Event = (typeof Event)[keyof typeof Event];

/** PS3.8 Tables 9-6 to 9-9. */
export type Action =
  | 'AE-1'
  | 'AE-2'
  | 'AE-3'
  | 'AE-4'
  | 'AE-5'
  | 'AE-6'
  | 'AE-7'
  | 'AE-8'
  | 'DT-1'
  | 'DT-2'
  | 'AR-1'
  | 'AR-2'
  | 'AR-3'
  | 'AR-4'
  | 'AR-5'
  | 'AR-6'
  | 'AR-7'
  | 'AR-8'
  | 'AR-9'
  | 'AR-10'
  | 'AA-1'
  | 'AA-2'
  | 'AA-3'
  | 'AA-4'
  | 'AA-5'
  | 'AA-6'
  | 'AA-7'
  | 'AA-8';

/**
 * The two cells that leave a choice: AE-6 goes to Sta3 where the provider finds the request
 * acceptable, AR-8 to Sta9 on the requestor's side; `other` is the state where that is not so.
 */
export interface Transition {
  readonly action: Action;
  readonly next: State;
  readonly other?: State;
}

/** What happens on an event in a state. Null: the standard has no such cell, so it can't happen. */
export function transition(state: State, event: Event): Transition | null {
  return table[event - 1]?.[states.indexOf(state)] ?? null;
}

const aa1: Transition = { action: 'AA-1', next: 'Sta13' };
const aa2: Transition = { action: 'AA-2', next: 'Sta1' };
const aa3: Transition = { action: 'AA-3', next: 'Sta1' };
const aa4: Transition = { action: 'AA-4', next: 'Sta1' };
const aa5: Transition = { action: 'AA-5', next: 'Sta1' };
const aa6: Transition = { action: 'AA-6', next: 'Sta13' };
const aa7: Transition = { action: 'AA-7', next: 'Sta13' };
const aa8: Transition = { action: 'AA-8', next: 'Sta13' };
const ae1: Transition = { action: 'AE-1', next: 'Sta4' };
const ae2: Transition = { action: 'AE-2', next: 'Sta5' };
const ae3: Transition = { action: 'AE-3', next: 'Sta6' };
const ae4: Transition = { action: 'AE-4', next: 'Sta1' };
const ae5: Transition = { action: 'AE-5', next: 'Sta2' };
const ae6: Transition = { action: 'AE-6', next: 'Sta3', other: 'Sta13' };
const ae7: Transition = { action: 'AE-7', next: 'Sta6' };
const ae8: Transition = { action: 'AE-8', next: 'Sta13' };
const dt1: Transition = { action: 'DT-1', next: 'Sta6' };
const dt2: Transition = { action: 'DT-2', next: 'Sta6' };
const ar1: Transition = { action: 'AR-1', next: 'Sta7' };
const ar2: Transition = { action: 'AR-2', next: 'Sta8' };
const ar3: Transition = { action: 'AR-3', next: 'Sta1' };
const ar4: Transition = { action: 'AR-4', next: 'Sta13' };
const ar5: Transition = { action: 'AR-5', next: 'Sta1' };
const ar6: Transition = { action: 'AR-6', next: 'Sta7' };
const ar7: Transition = { action: 'AR-7', next: 'Sta8' };
const ar8: Transition = { action: 'AR-8', next: 'Sta9', other: 'Sta10' };
const ar9: Transition = { action: 'AR-9', next: 'Sta11' };
const r10: Transition = { action: 'AR-10', next: 'Sta12' };
const ___ = null;

/** PS3.8 Table 9-10: a row per event, 1 to 19; a column per state, 1 to 13. */
// oxfmt-ignore
const table: readonly (readonly (Transition | null)[])[] = [
  //1    2    3    4    5    6    7    8    9    10   11   12   13
  [ae1, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
  [___, ___, ___, ae2, ___, ___, ___, ___, ___, ___, ___, ___, ___],
  [___, aa1, aa8, ___, ae3, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa6],
  [___, aa1, aa8, ___, ae4, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa6],
  [ae5, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
  [___, ae6, aa8, ___, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa7],
  [___, ___, ae7, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
  [___, ___, ae8, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
  [___, ___, ___, ___, ___, dt1, ___, ar7, ___, ___, ___, ___, ___],
  [___, aa1, aa8, ___, aa8, dt2, ar6, aa8, aa8, aa8, aa8, aa8, aa6],
  [___, ___, ___, ___, ___, ar1, ___, ___, ___, ___, ___, ___, ___],
  [___, aa1, aa8, ___, aa8, ar2, ar8, aa8, aa8, aa8, aa8, aa8, aa6],
  [___, aa1, aa8, ___, aa8, aa8, ar3, aa8, aa8, r10, ar3, aa8, aa6],
  [___, ___, ___, ___, ___, ___, ___, ar4, ar9, ___, ___, ar4, ___],
  [___, ___, aa1, aa2, aa1, aa1, aa1, aa1, aa1, aa1, aa1, aa1, ___],
  [___, aa2, aa3, ___, aa3, aa3, aa3, aa3, aa3, aa3, aa3, aa3, aa2],
  [___, aa5, aa4, aa4, aa4, aa4, aa4, aa4, aa4, aa4, aa4, aa4, ar5],
  [___, aa2, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, aa2],
  [___, aa1, aa8, ___, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa8, aa7],
];
