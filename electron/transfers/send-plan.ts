import type { Server } from '../contract/server.ts';
import type { Reached } from '../servers/index.ts';
import type { Ledger } from './ledger.ts';
import { observeSend } from './observe-send.ts';
import type { TransferPlan } from './queue.ts';
import { send, type FileToSend } from './send.ts';
import type { TransferObserver } from './transfer-observer.ts';

export interface SendPlanOptions {
  readonly files: readonly FileToSend[];
  /** Asked when the transfer begins, so that it obeys the server's record as it then stands. */
  readonly server: () => Reached<Server>;
  readonly callingAeTitle: () => string;
  /** Wants to know what goes, and how. */
  readonly observer?: TransferObserver;
}

/** A queued send; tried again, it sends only what was refused or failed. */
export function sendPlan(options: SendPlanOptions): TransferPlan {
  const { id, name } = options.server();
  return {
    kind: 'send',
    serverId: id,
    serverName: name,
    patientName: '',
    studyDescription: '',
    studyInstanceUid: null,
    run: (work, signal) => {
      const server = options.server();
      const { maxAssociations, sendOptions } = server;
      const associations = Math.min(sendOptions.associations ?? maxAssociations, maxAssociations);
      const callingAeTitle = server.callingAeTitle ?? options.callingAeTitle();
      const { files, observer } = options;
      const observed = { serverId: server.id, tls: server.tls ? { protocol: null } : null, files };
      return observeSend(observed, observer, work, (watched) =>
        send({ server, callingAeTitle, associations, files }, watched, signal),
      );
    },
    again: (ledger) => {
      const files = options.files.filter((file) => worthTryingAgain(file, ledger));
      return files.length === 0 ? null : sendPlan({ ...options, files });
    },
  };
}

function worthTryingAgain({ key, header }: FileToSend, ledger: Ledger): boolean {
  const outcome = ledger.outcomeOf(key)?.outcome;
  return header !== null && outcome !== 'stored' && outcome !== 'warning';
}
