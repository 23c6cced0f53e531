export { findAdminIni } from './find-admin-ini.ts';
export { loadAdminIni, readAdminIni } from './read-admin-ini.ts';
export type { AdminFile, AdminServer } from './admin-file.ts';
export { planAssociation, type PeerAddress } from './plan-association.ts';
export { openServerBook, type ServerBook } from './server-book.ts';
export { testEcho } from './test-echo.ts';
