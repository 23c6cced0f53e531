import type { ServerId } from './server-id.ts';

/**
 * The ways in which something has been seen to work with a server. `c-store` is ours to it, `c-store-in` its
 * own to us; `c-move-store` is what it sent here because we asked by C-MOVE.
 */
export const observedMethods = [
  'c-echo',
  'c-find',
  'c-move',
  'c-move-store',
  'c-get',
  'c-store',
  'c-store-in',
  'qido-rs',
  'wado-rs',
] as const;
export type ObservedMethod = (typeof observedMethods)[number];

/** Whether it was used, or only tried by a test. */
export type Purpose = 'use' | 'test';

/** `protocol`: as Node names it, TLSv1.2 or TLSv1.3; `null`: TLS, and nobody told which. */
export interface Secured {
  readonly protocol: string | null;
}

/** The last time that it worked this way. */
export interface SeenMethod {
  readonly method: ObservedMethod;
  readonly purpose: Purpose;
  /** ISO 8601. */
  readonly at: string;
  /** `null`: in plain. */
  readonly tls: Secured | null;
}

/** Objects of one SOP class in one transfer syntax, as negotiated, that one transfer moved. */
export interface MovedObjects {
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly count: number;
  readonly bytes: number;
  /** How long they took, those of other kinds not counted. */
  readonly ms: number;
}

/** The last transfer of objects of that class in that direction; one transfer may need several syntaxes. */
export interface SeenObjects extends MovedObjects {
  readonly method: ObservedMethod;
  readonly direction: 'received' | 'sent';
  /** ISO 8601. */
  readonly at: string;
}

/** What a server acts as by the services that it accepts. */
export interface MeasuredRole {
  readonly scp: boolean;
  readonly scu: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** What was really seen of a server at the address that it has now. No patient has a place in it. */
export interface Observations {
  readonly serverId: ServerId;
  readonly methods: readonly SeenMethod[];
  readonly objects: readonly SeenObjects[];
  /** `null`: never measured. */
  readonly role: MeasuredRole | null;
}

export function nothingSeen(serverId: ServerId): Observations {
  return { serverId, methods: [], objects: [], role: null };
}

/** Which way images go by it; of what moves none, `received`. */
export function directionOf(method: ObservedMethod): SeenObjects['direction'] {
  return method === 'c-store' ? 'sent' : 'received';
}
