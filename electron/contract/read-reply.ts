import type { TextField } from './server-fields.ts';

/** Something that was found in a text: which field it fills, and why. */
export interface FoundField {
  readonly field: TextField | 'tls';
  readonly value: string;
  /** The piece of the text that it comes from. */
  readonly from: string;
  /** Where that piece begins, from 0. */
  readonly at: number;
  /** `false`: somebody should look, and `why` says so. */
  readonly isCertain: boolean;
  readonly why: string | null;
}

/** What an administrator's answer says of one server. */
export interface ReadReply {
  readonly found: readonly FoundField[];
  /** A sentence for each thing that could be meant otherwise, or is missing. */
  readonly remarks: readonly string[];
}
