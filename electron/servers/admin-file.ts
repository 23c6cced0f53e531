import type { IniProblem, ServerDraft, ServerId } from '../contract/server.ts';
import type { AdminLocal } from '../settings/index.ts';

/** A server of the administrator's file that can be used. */
export interface AdminServer {
  readonly id: ServerId;
  /** Where its section begins, from 1. */
  readonly line: number;
  readonly draft: ServerDraft;
}

/** What the administrator's file says, with everything in it that could not be obeyed. */
export interface AdminFile {
  readonly file: string;
  readonly servers: readonly AdminServer[];
  readonly local: AdminLocal;
  readonly problems: readonly IniProblem[];
}
