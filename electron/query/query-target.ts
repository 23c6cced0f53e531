import type { DicomwebPlan } from '../dicomweb/index.ts';
import type { ConnectStep } from '../dimse/index.ts';
import type { PeerAddress } from '../servers/index.ts';

/** Who is asked, as whom, and in which letters. */
export interface QueryTarget {
  readonly server: PeerAddress;
  readonly callingAeTitle: string;
  /**
   * What the keys are written in, and (0008,0005) always says: a defined term, or several separated by a
   * backslash. Absent: ASCII, and UTF-8 where that does not do.
   */
  readonly characterSet?: string | undefined;
  /** What the answers' text is read in, whatever they say: such a term or a code page. Absent: as they say. */
  readonly decodeAs?: string | undefined;
  /** Told the steps of each connection that a question needs. */
  readonly onStep?: (step: ConnectStep) => void;
}

/** A server that is asked by DICOMweb. */
export interface WebTarget {
  readonly web: DicomwebPlan;
  readonly onStep?: (step: ConnectStep) => void;
}

/** Whoever can be asked what there is. */
export type SearchTarget = QueryTarget | WebTarget;

/** Query/Retrieve Level (0008,0052) of the Study Root model (PS3.4 §C.6.2). */
export type QueryLevel = 'STUDY' | 'SERIES' | 'IMAGE';
