import type { Failure } from '../../../../electron/contract/failure.ts';
import type { LeftOut } from './left-out.ts';
import type { ImportDone, ImportPreview } from '../../../../electron/contract/import-servers.ts';

/** Where the import of a list is: nothing changes before `done`, and that can be undone. */
export type ImportState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'choosing'; readonly failure: Failure | null }
  | { readonly kind: 'busy'; readonly what: 'looking' | 'applying' | 'undoing' }
  | { readonly kind: 'preview'; readonly preview: ImportPreview; readonly failure: Failure | null }
  | { readonly kind: 'done'; readonly done: ImportDone; readonly failure: Failure | null }
  | { readonly kind: 'undone' };

/** What a person wants of what is shown. */
export interface ImportChoice {
  readonly removeMissing: boolean;
  readonly leftOut: LeftOut;
}

export interface Importing {
  readonly state: ImportState;
  readonly open: () => void;
  readonly chooseFile: () => void;
  /** Looks at rows that were pasted. */
  readonly look: (text: string) => void;
  readonly apply: (how: ImportChoice) => void;
  readonly undo: () => void;
  readonly close: () => void;
}
