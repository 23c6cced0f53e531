import type { RetrieveStudy } from '../contract/transfer.ts';
import type { Server } from '../contract/server.ts';
import type { Reached, WebReached } from '../servers/index.ts';
import type { TransferPlan } from './queue.ts';
import { retrieveByWeb } from './retrieve-by-web.ts';
import { retrieve, type RetrieveMethod, type RetrieveTools } from './retrieve.ts';

export interface RetrievePlanOptions {
  readonly study: RetrieveStudy;
  /** Asked when the transfer begins, so that it obeys the server's record as it then stands. */
  readonly server: () => Reached<Server> | WebReached<Server>;
  readonly callingAeTitle: () => string;
  readonly tools: RetrieveTools;
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
      if ('web' in server) {
        const target = { web: server.web };
        return retrieveByWeb({ target, studyInstanceUid, seriesInstanceUid: null }, tools, work, signal);
      }
      const request = {
        target: { server, callingAeTitle: server.callingAeTitle ?? options.callingAeTitle() },
        studyInstanceUid,
        seriesInstanceUid: null,
        method: methodFor(server),
        listenPort: server.listenPort ?? server.port,
        preferred: server.preferredCompression,
      };
      return retrieve(request, tools, work, signal);
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
