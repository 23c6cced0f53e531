import type { IniProblem } from './server.ts';
import type { SettingOrigin } from './settings.ts';

/** One value that counts, as it would stand in an administrator's file. */
export interface EffectiveValue {
  /** `policy`, `local`, `server:main`, `link:l1`. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly origin: SettingOrigin;
  /** It can't be changed here. */
  readonly locked: boolean;
}

/** What an administrator's file says of itself; '' for nothing. */
export interface FileAbout {
  /** The place it is for. */
  readonly site: string;
  /** When it was issued, as it is written. */
  readonly issued: string;
  /** Whom to ask about it. */
  readonly contact: string;
}

export interface EffectiveFile extends FileAbout {
  readonly file: string;
  /** Of its bytes, in hex; `null`: they could not be read. */
  readonly sha256: string | null;
  readonly signature: 'not-asked-for' | 'verified' | 'refused';
  readonly errors: number;
  readonly warnings: number;
  /** What they are. */
  readonly problems: readonly IniProblem[];
}

/** Everything that counts, and where each of it comes from. */
export interface EffectiveConfiguration {
  /** In the order in which they count. */
  readonly files: readonly EffectiveFile[];
  readonly values: readonly EffectiveValue[];
}
