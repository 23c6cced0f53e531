export { noAdminLocal, type AdminLocal, type AdminLocalValue } from './admin-local.ts';
export { keepBrokenSettings } from './keep-broken-settings.ts';
export type { KeyValueStore } from './key-value-store.ts';
export { openSettings, type CurrentSettings, type Settings, type SettingsOnRecord } from './settings.ts';
