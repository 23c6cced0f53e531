import { z } from 'zod';
import type { SecretKept } from './certificate.ts';
import { ServerId } from './server.ts';

/** The services of PS3.18 chapter 10 that are asked for here. */
export type DicomwebService = 'QIDO-RS' | 'WADO-RS' | 'STOW-RS';

/** The password or token for a server; it goes into main and never comes back. */
export const ServerSecret = z.object({
  serverId: ServerId,
  secret: z
    .string()
    .min(1, 'The password or token is empty. Enter it.')
    .max(16_384)
    .regex(/^[^\p{Cc}]*$/u, 'The password or token holds a line break or control character. Copy it anew.'),
});
export type ServerSecret = z.infer<typeof ServerSecret>;

export interface SecretState {
  readonly kept: SecretKept;
}
