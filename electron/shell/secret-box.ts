import type { SafeStorage } from 'electron';

/** Locks secrets away by the system's keyring; what the security room asks for. */
export interface ElectronSecretBox {
  readonly available: boolean;
  seal(secret: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

type Asked = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * Electron's safeStorage once the app is ready: Keychain, DPAPI, libsecret or KWallet. On a Linux without a
 * keyring it would lock with a key that everybody knows (`basic_text`), which is as good as not at all.
 */
export async function openSecretBox(
  safeStorage: Asked,
  platform: NodeJS.Platform,
): Promise<ElectronSecretBox> {
  const hasKeyring = platform !== 'linux' || !unsafe.has(safeStorage.getSelectedStorageBackend());
  return {
    available: hasKeyring && (await safeStorage.isAsyncEncryptionAvailable()),
    seal: (secret) => safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64')),
    open: async (sealed) => {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return Buffer.from(result, 'base64');
    },
  };
}

const unsafe: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
