import type { RetrieveStudy } from '../contract/transfer.ts';
import type { Server } from '../contract/server.ts';
import type { TransferPlan } from './queue.ts';
import { retrieve, type RetrieveTools } from './retrieve.ts';

export interface RetrievePlanOptions {
  readonly study: RetrieveStudy;
  /** Asked when the transfer begins, so that it obeys the server's record as it then stands. */
  readonly server: () => Server;
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
      const request = {
        target: { server, callingAeTitle: options.callingAeTitle() },
        studyInstanceUid: study.studyInstanceUid,
        seriesInstanceUid: null,
        listenPort: server.listenPort ?? server.port,
      };
      return retrieve(request, tools, work, signal);
    },
    again: () => plan,
  };
  return plan;
}
