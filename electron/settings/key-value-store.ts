/** What electron-store is to us: saved at once, read from memory. */
export interface KeyValueStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}
