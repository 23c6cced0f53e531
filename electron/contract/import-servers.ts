import { z } from 'zod';
import { FileGrantId } from './send.ts';
import type { ServerProblem } from './server-rules.ts';
import type { ServerDraft, ServerId, ServerList } from './server.ts';

/** A list of servers as CSV: a file that the person chose, or its text. */
export const ImportServers = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file: FileGrantId }),
  z.object({ kind: z.literal('text'), text: z.string().max(16_000_000) }),
]);
export type ImportServers = z.infer<typeof ImportServers>;

export const ImportId = z.string().min(1).max(64).brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;

/** What would come of one row. `row`: its line in the file, from 1. */
export type ImportRow =
  | {
      readonly kind: 'add';
      readonly row: number;
      readonly draft: ServerDraft;
      readonly warnings: ImportWarnings;
    }
  | {
      readonly kind: 'change';
      readonly row: number;
      readonly id: ServerId;
      readonly before: ServerDraft;
      readonly draft: ServerDraft;
      /** Which fields of the form differ. */
      readonly fields: readonly ServerProblem['field'][];
      readonly warnings: ImportWarnings;
    }
  | { readonly kind: 'same'; readonly row: number; readonly id: ServerId; readonly name: string }
  /** The administrator's file has this server, and it can't be changed here. */
  | {
      readonly kind: 'conflict';
      readonly row: number;
      readonly name: string;
      readonly file: string;
      readonly line: number;
    }
  | {
      readonly kind: 'bad';
      readonly row: number;
      readonly name: string;
      readonly problems: readonly ImportProblem[];
    };

type ImportWarnings = readonly ImportProblem[];

export interface ImportProblem {
  /** The column's heading; '' for the whole row. */
  readonly column: string;
  readonly message: string;
}

/** What an import would do, for a person to look at before it is done. */
export interface ImportPreview {
  readonly id: ImportId;
  readonly rows: readonly ImportRow[];
  /** The person's servers that the list does not have; they are removed only where that is asked for. */
  readonly missing: readonly { readonly id: ServerId; readonly name: string }[];
  /** Of the whole list: no heading, columns that nobody knows. */
  readonly problems: readonly ImportProblem[];
}

/** Does what was shown, but for rows that were left out. */
export const ApplyImport = z.object({
  id: ImportId,
  /** Rows that are not to be taken over. */
  without: z.array(z.number().int()).default([]),
  removeMissing: z.boolean().default(false),
});
export type ApplyImport = z.infer<typeof ApplyImport>;

export interface ImportDone {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly list: ServerList;
}
