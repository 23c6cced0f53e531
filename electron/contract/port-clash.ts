import { z } from 'zod';
import type { Failure } from './failure.ts';
import { Port } from './port.ts';
import { ServerId } from './server-id.ts';

/** `id`: the server whose port it is to be, which does not clash with itself. */
export const AskedPort = z.object({ id: ServerId.nullable(), port: Port });
export type AskedPort = z.infer<typeof AskedPort>;

/** Who else uses a listen port. Several servers may share one; a retrieve then has it for itself. */
export type PortClash =
  | { readonly kind: 'server'; readonly id: ServerId; readonly name: string }
  /** Our shared listener is there already, which serves as well. */
  | { readonly kind: 'shared' }
  /** It can't be listened at: another program has it, or the system forbids it. */
  | { readonly kind: 'taken'; readonly failure: Failure; readonly program: string | null };
