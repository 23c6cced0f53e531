import type { Failure } from '../contract/failure.ts';
import type { ListenerState } from '../contract/settings.ts';
import type { Transfer } from '../contract/transfer.ts';
import type { Log } from '../logging/index.ts';
import type { CommitmentReport, Moved } from '../transfers/index.ts';

/** What the log says of the app's life. Patients have no place in it. */
export interface Journal {
  listener(state: ListenerState): void;
  transfer(transfer: Transfer): void;
  /** In which transfer syntaxes a server and we have moved objects. */
  negotiated(moved: Moved): void;
  /** An object that a peer sent could not be stored. */
  refused(callingAeTitle: string, sopInstanceUid: string, failure: Failure): void;
  /** A server reported on a request for storage commitment. */
  committed(report: CommitmentReport): void;
  /** Someone greeted a listener of ours in TLS, or failed to. */
  tlsRefused(remoteAddress: string, cause: string): void;
}

export function journal(log: Log): Journal {
  return {
    listener: (state) => {
      if (state.kind === 'listening')
        log.info('listener.listening', { address: state.address, port: state.port });
      if (state.kind === 'failed') log.warn('listener.failed', stepOf(state.failure));
    },
    transfer: ({ id, kind, serverName, state, progress, endedAt }) => {
      if (endedAt === null) return;
      const { expected, done, failed, bytes } = progress;
      const counts = { done, failed, bytes, ...(expected === null ? {} : { expected }) };
      const failure = 'failure' in state && state.failure !== null ? stepOf(state.failure) : {};
      log.info('transfer.ended', {
        transferId: id,
        kind,
        server: serverName,
        state: state.kind,
        ...counts,
        ...failure,
      });
    },
    negotiated: ({ serverId, method, tls, objects }) => {
      for (const { sopClassUid, transferSyntaxUid, count, bytes, ms } of objects) {
        const what = { sopClassUid, transferSyntaxUid, count, bytes, ms };
        log.info('transfer.negotiated', { serverId, kind: method, tls: tls !== null, ...what });
      }
    },
    refused: (callingAeTitle, sopInstanceUid, failure) => {
      log.warn('instance.refused', { callingAeTitle, sopInstanceUid, ...stepOf(failure) });
    },
    committed: ({ reportedBy, instances }) => {
      const completed = instances.filter(({ outcome }) => outcome.kind === 'committed').length;
      const failed = instances.length - completed;
      log.info('commitment.reported', { callingAeTitle: reportedBy, completed, failed });
    },
    tlsRefused: (remoteAddress, cause) => log.warn('listener.tls-refused', { remoteAddress, cause }),
  };
}

function stepOf(failure: Failure): { readonly step: string; readonly cause?: string } {
  return { step: failure.step, ...('cause' in failure ? { cause: failure.cause } : {}) };
}
