import type { PeerAddress } from '../servers/index.ts';

/** Who is asked, and as whom. */
export interface QueryTarget {
  readonly server: PeerAddress;
  readonly callingAeTitle: string;
}

/** Query/Retrieve Level (0008,0052) of the Study Root model (PS3.4 §C.6.2). */
export type QueryLevel = 'STUDY' | 'SERIES' | 'IMAGE';
