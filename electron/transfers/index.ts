export { Arrivals, type ArrivalListener } from './arrivals.ts';
export { atMostEvery } from './at-most-every.ts';
export {
  openCommitmentBook,
  type CommitmentBook,
  type CommitmentBookOptions,
  type CommitmentRecord,
} from './commitment-book.ts';
export { calledUs } from './called-us.ts';
export type { CommitmentReport } from '../dimse/index.ts';
export { findFiles, type FoundFile } from './find-files.ts';
export { Ledger } from './ledger.ts';
export { Outbox } from './outbox.ts';
export { TransferQueue, type TransferPlan, type TransferWork } from './queue.ts';
export { Receiver, type ListenTlsSource } from './receiver.ts';
export { retrieve, type RetrieveMethod, type RetrieveRequest, type RetrieveTools } from './retrieve.ts';
export { retrieveByWeb, type WebRetrieveRequest } from './retrieve-by-web.ts';
export { retrievePlan } from './retrieve-plan.ts';
export { send, type FileToSend, type SendRequest } from './send.ts';
export { TransferObserver, type Moved } from './transfer-observer.ts';
export type { Copies } from './send-copies.ts';
export { sendPlan } from './send-plan.ts';
