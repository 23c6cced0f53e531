import { EventEmitter } from 'node:events';

let copied = '';
export const clipboard = {
  writeText: (text: string): void => {
    copied = text;
  },
  readText: (): string => copied,
};

const display = { id: 1, scaleFactor: 1, workAreaSize: { width: 1920, height: 1080 } };
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});

export const shell = {
  openExternal: async (url: string): Promise<void> => console.log(`would open ${url}`),
  openPath: async (file: string): Promise<string> => {
    console.log(`would open ${file}`);
    return '';
  },
  showItemInFolder: (file: string): void => console.log(`would show ${file}`),
};

export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: true,
  themeSource: 'dark',
});
const noKeyring = async (): Promise<never> => {
  throw new Error('there is no keyring');
};
export const safeStorage = {
  isEncryptionAvailable: (): boolean => false,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => false,
  getSelectedStorageBackend: (): string => 'basic_text',
  encryptStringAsync: noKeyring,
  decryptStringAsync: noKeyring,
};
export const net = { fetch: (input: string | URL | Request, init?: RequestInit) => fetch(input, init) };
