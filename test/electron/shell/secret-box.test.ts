import { describe, expect, it } from 'vitest';
import { openSecretBox } from '../../../electron/shell/secret-box.ts';

type Storage = Parameters<typeof openSecretBox>[0];

function storage(backend: ReturnType<Storage['getSelectedStorageBackend']>, available: boolean): Storage {
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => available,
    encryptStringAsync: async (text) => Buffer.from(`sealed ${text}`),
    decryptStringAsync: async (sealed) => {
      const text = sealed.toString();
      if (!text.startsWith('sealed ')) throw new Error('not sealed here');
      return { result: text.slice(7), shouldReEncrypt: false };
    },
  };
}

describe('the system’s keyring', () => {
  it.each([
    ['linux', 'gnome_libsecret', true, true],
    ['linux', 'kwallet6', true, true],
    ['linux', 'basic_text', true, false],
    ['linux', 'unknown', true, false],
    ['linux', 'gnome_libsecret', false, false],
    ['darwin', 'unknown', true, true],
    ['win32', 'unknown', true, true],
    ['win32', 'unknown', false, false],
  ] as const)('on %s with %s, encryption %s: can be used: %s', async (platform, backend, available, used) => {
    expect((await openSecretBox(storage(backend, available), platform)).available).toBe(used);
  });

  it('seals any bytes and opens them again', async () => {
    const box = await openSecretBox(storage('gnome_libsecret', true), 'linux');
    const secret = Buffer.from([0, 255, 10, 0xc3, 0x28]);

    expect(await box.open(await box.seal(secret))).toEqual(secret);
    await expect(box.open(Buffer.from('other'))).rejects.toThrow('not sealed here');
  });
});
