import type { AeTitle } from '../contract/ae-title.ts';

/** A value the administrator's file gives, and where it stands. */
export interface AdminLocalValue<Value> {
  readonly value: Value;
  readonly line: number;
  /** `false`: a default that the person may change. */
  readonly locked: boolean;
}

/** What the administrator's file says about this viewer itself; `null`: nothing. */
export interface AdminLocal {
  readonly aeTitle: AdminLocalValue<AeTitle> | null;
  readonly listenPort: AdminLocalValue<number> | null;
  readonly listenAddress: AdminLocalValue<string> | null;
}
