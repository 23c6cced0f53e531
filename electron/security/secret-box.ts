/** Locks secrets away by the system's keyring. */
export interface SecretBox {
  /** `false`: there is none, and a secret may be held in memory only. */
  readonly available: boolean;
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** Rejects where the keyring that sealed it is not the one that is asked. */
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

/** For where no keyring can be asked, such as the command line. */
export const noSecretBox: SecretBox = {
  available: false,
  seal: () => Promise.reject(new Error('there is no keyring')),
  open: () => Promise.reject(new Error('there is no keyring')),
};
