import type { ServerId } from '../contract/server.ts';
import type { SecuredBy } from '../query/index.ts';
import type { TransferWork } from './queue.ts';
import type { TransferObserver } from './transfer-observer.ts';

export interface ObservedRetrieve {
  readonly serverId: ServerId;
  /** `null`: it has none. */
  readonly aeTitle: string | null;
  readonly studyInstanceUid: string;
  /** How our connections to it are secured. */
  readonly securedBy: SecuredBy;
}

/** Does the work of a retrieve, and tells what came of it by which way, however it ends. */
export async function observeRetrieve(
  retrieve: ObservedRetrieve,
  observer: TransferObserver | undefined,
  work: TransferWork,
  run: (work: TransferWork) => Promise<void>,
): Promise<void> {
  if (observer === undefined) return run(work);
  using watched = observer.retrieving(retrieve);
  const phase: TransferWork['phase'] = (name) => {
    if (name === 'moving') watched.tally.begin();
    work.phase(name);
  };
  try {
    await run({ ...work, phase });
  } finally {
    const { way } = work.ledger;
    const { objects } = watched.tally;
    const { serverId, securedBy } = retrieve;
    if (way !== null) observer.moved({ serverId, method: way, tls: securedBy.tls, objects });
  }
}
