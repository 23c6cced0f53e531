export { checkFirewall } from './connection-test/firewall/check-firewall.ts';
export { systemFirewall } from './connection-test/firewall/firewall-tools.ts';
export { offerOpening, openPorts, type FirewallTools } from './connection-test/firewall/open-ports.ts';
export { openOurSide } from './connection-test/open-our-side.ts';
export type { OurSide } from './connection-test/our-side.ts';
export { Reception } from './connection-test/reception.ts';
export { resolveName } from './connection-test/resolve-name.ts';
export { testAll, type TestAllOptions } from './connection-test/test-all.ts';
export { testConnection, type ConnectionTestOptions } from './connection-test/test-connection.ts';
export { testWebConnection, type WebTestOptions } from './connection-test/test-web-connection.ts';
export { openTestMemory, type TestFound, type TestMemory } from './connection-test/test-memory.ts';
export type { Seen } from './observations/add-seen.ts';
export { callerOf } from './observations/caller-of.ts';
export {
  observationsIn,
  openObservationBook,
  type ObservationBook,
} from './observations/observation-book.ts';
export { seenInTest } from './observations/seen-in-test.ts';
export { fetchPeerCertificates } from './fetch-peer-certificates.ts';
export type { AdminFile, AdminLink, AdminRecord, AdminServer, LoadedAdminFile } from './admin-file.ts';
export { openAdminSource, type AdminSource } from './admin-source.ts';
export { readSigningKey, type SigningKey } from './admin-signature.ts';
export { findAdminInis, type AdminIniSearch } from './find-admin-ini.ts';
export { loadAdminIni } from './load-admin-ini.ts';
export { mergeAdminFiles, recordOf } from './merge-admin-files.ts';
export { readAdminIni } from './read-admin-ini.ts';
export { planAssociation, type PeerAddress } from './plan-association.ts';
export { planDicomweb, secretOf, secretPlaceOf, type WebMeans, type WebRecord } from './plan-dicomweb.ts';
export {
  reachingBook,
  reachServer,
  type Reached,
  type ReachingBook,
  type ReachMeans,
  type WebReached,
} from './reach-server.ts';
export { tlsOptionsOf, type TlsRecord } from './tls-options.ts';
export { exportCsv } from './csv/export-csv.ts';
export { openImportDesk, type ImportDesk } from './csv/import-desk.ts';
export { readListFile } from './csv/read-list-file.ts';
export { effectiveConfiguration } from './effective-configuration.ts';
export { exportIni } from './export-ini.ts';
export { ourCard, type OurselvesOnCard } from './our-card.ts';
export { portClashes } from './port-clashes.ts';
export { readReply } from './read-reply/read-reply.ts';
export { openServerBook, type ServerBook } from './server-book.ts';
export { testEcho } from './test-echo.ts';
