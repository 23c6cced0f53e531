import type { MovedObjects, Secured } from '../contract/observations.ts';
import type { ServerId } from '../contract/server.ts';
import type { Ledger } from './ledger.ts';
import type { MovedObject } from './moved-tally.ts';
import type { TransferWork } from './queue.ts';
import type { FileToSend } from './send.ts';
import type { TransferObserver } from './transfer-observer.ts';

export interface ObservedSend {
  readonly serverId: ServerId;
  readonly tls: Secured | null;
  readonly files: readonly FileToSend[];
}

/** Does the work of a send, and tells what the server took in which syntax, however it ends. */
export async function observeSend(
  { serverId, tls, files }: ObservedSend,
  observer: TransferObserver | undefined,
  work: TransferWork,
  run: (work: TransferWork) => Promise<void>,
): Promise<void> {
  if (observer === undefined) return run(work);
  let begun = observer.clock();
  const phase: TransferWork['phase'] = (name) => {
    if (name === 'moving') begun = observer.clock();
    work.phase(name);
  };
  try {
    await run({ ...work, phase });
  } finally {
    const objects = sentOf(files, work.ledger, observer.clock() - begun);
    observer.moved({ serverId, method: 'c-store', tls, objects });
  }
}

/** Files go side by side, so that all kinds share one speed. */
function sentOf(files: readonly FileToSend[], ledger: Ledger, ms: number): readonly MovedObjects[] {
  const kinds = new Map<string, MovedObjects>();
  for (const file of files) {
    const sent = sentAs(file, ledger);
    if (sent === null) continue;
    const key = `${sent.sopClassUid} ${sent.transferSyntaxUid}`;
    const before = kinds.get(key);
    const count = (before?.count ?? 0) + 1;
    kinds.set(key, { ...sent, count, bytes: sent.bytes + (before?.bytes ?? 0), ms: 0 });
  }
  const all = [...kinds.values()];
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const share = (bytes: number): number => (total === 0 ? 0 : Math.round((ms * bytes) / total));
  return all.map((kind) => ({ ...kind, ms: share(kind.bytes) }));
}

/** `null`: the server has not taken it. Of a copy it is not known how large it was. */
function sentAs({ key, header }: FileToSend, ledger: Ledger): MovedObject | null {
  const report = ledger.outcomeOf(key);
  const isTaken = report?.outcome === 'stored' || report?.outcome === 'warning';
  if (header === null || !isTaken) return null;
  const { sopClassUid, transferSyntaxUid, bytes } = header;
  const { transcoded } = report;
  return transcoded === undefined
    ? { sopClassUid, transferSyntaxUid, bytes }
    : { sopClassUid, transferSyntaxUid: transcoded.toTransferSyntaxUid, bytes: 0 };
}
