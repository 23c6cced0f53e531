import { FailureError, type Failure } from '../contract/failure.ts';
import { planStoreAssociations, type StoreAssociation } from '../dimse/index.ts';
import { planAssociation, type PeerAddress } from '../servers/index.ts';
import { storeAll } from './store-crew.ts';
import { failed, type Account, type Sendable } from './store-file.ts';

/** Associations at once, where nobody says. */
const usualAssociations = 4;

export interface SendTo {
  readonly server: PeerAddress;
  readonly callingAeTitle: string;
  /** At once, at most; fewer where there are fewer files, or where the server grants no more. */
  readonly associations?: number;
}

/**
 * Sends files as they are (C-STORE, PS3.4 §B.2), each in its own transfer syntax, and reports each once.
 *
 * @throws FailureError when the server could not be reached, or cancelled: what has not been reported
 *   by then was not sent, or its answer was not awaited
 */
export async function sendFiles(
  to: SendTo,
  files: readonly Sendable[],
  account: Account,
  signal: AbortSignal,
): Promise<void> {
  const byHeader = new Map(files.map((file) => [file.header, file]));
  const associations = to.associations ?? usualAssociations;
  let grantedBefore = false;
  let full: Failure | null = null;
  for (const { contexts, files: headers } of groupsOf(files)) {
    const group = headers.flatMap((header) => byHeader.get(header) ?? []);
    if (full !== null) {
      reportAll(group, full, account);
      continue;
    }
    const plan = planAssociation(to.server, to.callingAeTitle, contexts);
    const ending = await storeAll({ plan, files: group, account, associations, grantedBefore }, signal);
    grantedBefore = true;
    if (ending === null) continue;
    if (ending.kind === 'unreachable') throw new FailureError(ending.failure);
    if (ending.kind === 'full') full = ending.failure;
    reportAll(ending.untried, ending.failure, account);
  }
}

function reportAll(files: readonly Sendable[], failure: Failure, account: Account): void {
  for (const file of files) account.report(file, failed(failure));
}

/**
 * What goes together on associations of the same contexts. Two files of one SOP Instance UID are never
 * under way at once: what a peer makes of that is nobody's to know.
 */
function groupsOf(files: readonly Sendable[]): readonly StoreAssociation[] {
  const seen = new Map<string, number>();
  const rounds: Sendable['header'][][] = [];
  for (const { header } of files) {
    const round = seen.get(header.sopInstanceUid) ?? 0;
    seen.set(header.sopInstanceUid, round + 1);
    (rounds[round] ??= []).push(header);
  }
  return rounds.flatMap((round) => planStoreAssociations(round));
}
