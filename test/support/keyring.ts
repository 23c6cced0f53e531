import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretBox } from '../../electron/security/index.ts';

/** A keyring with a key of its own: what one has sealed no other opens. */
export function keyring({ available = true } = {}): SecretBox {
  const key = randomBytes(32);
  return {
    available,
    seal: async (secret) => {
      if (!available) throw new Error('there is no keyring');
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open: async (sealed) => {
      if (!available) throw new Error('there is no keyring');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
    },
  };
}
