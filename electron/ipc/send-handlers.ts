import type { FileGrant, FileGrantId } from '../contract/send.ts';
import type { Outbox } from '../transfers/index.ts';
import type { Handlers } from './handlers.ts';

/** The dialogs of the system, and what the person chose in them. Only the shell knows how. */
export interface FileChooser {
  chooseFiles(): Promise<readonly FileGrant[]>;
  chooseFolder(): Promise<readonly FileGrant[]>;
  /** Files with certificates and keys. */
  chooseCertificates(): Promise<readonly FileGrant[]>;
  /** For the archive; `null`: the person thought better of it. */
  chooseArchiveFolder(): Promise<string | null>;
  /** Where to save a file; `null`: nowhere. */
  chooseTarget(suggestedName: string): Promise<string | null>;
  /** @throws FailureError when no such grant was given */
  pathOf(grant: FileGrantId): string;
}

export function sendHandlers(files: FileChooser, outbox: Outbox): Handlers['send'] {
  return {
    chooseFiles: () => files.chooseFiles(),
    chooseFolder: () => files.chooseFolder(),
    inspect: (grants, signal) =>
      outbox.inspect(
        grants.map((grant) => files.pathOf(grant)),
        signal,
      ),
    forget: async (items) => {
      outbox.forget(items);
      return null;
    },
  };
}
