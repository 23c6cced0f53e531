/** Associations and the services on them (PS3.7, PS3.8). */
export type {
  AssociationPlan,
  ProposedContext,
  Timeouts,
  UserIdentityPlan,
} from './association/association-plan.ts';
export { defaultTimeouts } from './association/association-plan.ts';
export type {
  AcceptedContext,
  Association,
  DatasetSource,
  DimseResponse,
  Peer,
  RequestOptions,
} from './association/association.ts';
export type { ListenLimits, ListenOptions, Rejection } from './association/listen-options.ts';
export { requestAssociation } from './association/request-association.ts';
export type { RequestAssociationOptions } from './association/request-association.ts';
export type {
  AssociatedPeer,
  ContextOffer,
  DatasetConsumer,
  IncomingRequest,
  Responder,
  Service,
} from './association/service.ts';
export { CommandField, NoDataset, Priority } from './commands/command.ts';
export type { CommandSet, RequestCommand } from './commands/command.ts';
export { Status, statusCategory } from './commands/status.ts';
export type { StatusCategory } from './commands/status.ts';
export { commitmentReports } from './scp/commitment-reports.ts';
export type { CommitmentReportsOptions } from './scp/commitment-reports.ts';
export { listen } from './scp/listen.ts';
export type { Listener } from './scp/listen.ts';
export { storageScp } from './scp/storage-scp.ts';
export type { StorageScpOptions } from './scp/storage-scp.ts';
export { verificationScp } from './scp/verification-scp.ts';
export { echo } from './scu/c-echo.ts';
export { find } from './scu/c-find.ts';
export type { FindMatch, FindOptions } from './scu/c-find.ts';
export { get } from './scu/c-get.ts';
export type { GetOptions } from './scu/c-get.ts';
export { move } from './scu/c-move.ts';
export type { MoveOptions, MoveResult } from './scu/c-move.ts';
export { store } from './scu/c-store.ts';
export type { StoreFile, StoreResult } from './scu/c-store.ts';
export { openStoreFile } from './scu/open-store-file.ts';
export type { OpenedFile } from './scu/open-store-file.ts';
export type {
  CommitmentOutcome,
  CommitmentReport,
  CommitmentRequest,
  CommitmentStore,
  InstanceReference,
} from './scu/commitment.ts';
export { findTransferSyntax, getTransferSyntax, moveTransferSyntax } from './scu/information-model.ts';
export type { FindModel, RetrieveModel } from './scu/information-model.ts';
export { nAction, nCreate, nDelete, nEventReport, nGet, nSet } from './scu/n-service.ts';
export type { NResult, NTarget } from './scu/n-service.ts';
export { planGetContexts } from './scu/plan-get-contexts.ts';
export type { GetPlanOptions } from './scu/plan-get-contexts.ts';
export { planStoreAssociations } from './scu/plan-store-associations.ts';
export type { StoreAssociation } from './scu/plan-store-associations.ts';
export { requestCommitment } from './scu/request-commitment.ts';
export type { RetrieveResult, SubOperations } from './scu/retrieve-responses.ts';
export {
  SopClass,
  WellKnownInstance,
  canBeStorageSopClass,
  isStorageSopClass,
  sopClassName,
} from './uids/sop-class.ts';
export { TransferSyntax, preferredSyntaxes, transferSyntaxName } from './uids/transfer-syntax.ts';
export { fetchCertificates } from './upper-layer/fetch-certificates.ts';
export type { FetchCertificatesPlan, ShownCertificates } from './upper-layer/fetch-certificates.ts';
export type { AssociationEvent, Observe } from './upper-layer/observe.ts';
export { openSocket } from './upper-layer/open-socket.ts';
export type { ConnectFacts, ConnectStep, SocketPlan } from './upper-layer/open-socket.ts';
export { cipherSuites } from './upper-layer/tls-plan.ts';
export type { ListenTls, TlsIdentity, TlsOptions, TlsPlan } from './upper-layer/tls-plan.ts';
