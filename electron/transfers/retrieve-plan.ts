import type { RetrieveStudy } from '../contract/transfer.ts';
import type { Server } from '../contract/server.ts';
import type { Reached, WebReached } from '../servers/index.ts';
import { observedTarget } from '../query/index.ts';
import { observeRetrieve } from './observe-retrieve.ts';
import type { TransferPlan } from './queue.ts';
import { retrieveByWeb } from './retrieve-by-web.ts';
import { retrieve, type RetrieveMethod, type RetrieveTools } from './retrieve.ts';
import type { TransferObserver } from './transfer-observer.ts';

export interface RetrievePlanOptions {
  readonly study: RetrieveStudy;
  /** Asked when the transfer begins, so that it obeys the server's record as it then stands. */
  readonly server: () => Reached<Server> | WebReached<Server>;
  readonly callingAeTitle: () => string;
  readonly tools: RetrieveTools;
  /** Wants to know what comes, and how. */
  readonly observer?: TransferObserver;
}

/** A queued retrieve of one study. */
export function retrievePlan(options: RetrievePlanOptions): TransferPlan {
  const { study, tools } = options;
  const plan: TransferPlan = {
    kind: 'retrieve',
    serverId: study.serverId,
    serverName: options.server().name,
    patientName: study.patientName,
    studyDescription: study.studyDescription,
    studyInstanceUid: study.studyInstanceUid,
    run: (work, signal) => {
      const server = options.server();
      const { studyInstanceUid } = study;
      const observed = { serverId: server.id, aeTitle: server.aeTitle, studyInstanceUid };
      const part = { studyInstanceUid, seriesInstanceUid: null };
      if ('web' in server) {
        const { target, securedBy } = observedTarget({ web: server.web });
        return observeRetrieve({ ...observed, securedBy }, options.observer, work, (watched) =>
          retrieveByWeb({ target, ...part }, tools, watched, signal),
        );
      }
      const callingAeTitle = server.callingAeTitle ?? options.callingAeTitle();
      const { target, securedBy } = observedTarget({ server, callingAeTitle });
      const request = {
        target,
        ...part,
        method: methodFor(server),
        listenPort: server.listenPort ?? server.port,
        preferred: server.preferredCompression,
      };
      return observeRetrieve({ ...observed, securedBy }, options.observer, work, (watched) =>
        retrieve(request, tools, watched, signal),
      );
    },
    again: () => plan,
  };
  return plan;
}

function methodFor({ retrieveMethod }: Server): RetrieveMethod {
  switch (retrieveMethod) {
    case 'auto':
    // Whoever has an address for DICOM is asked by it here.
    case 'dicomweb':
      return 'auto';
    case 'c-move':
    case 'c-get':
      return retrieveMethod;
  }
}
