import { z } from 'zod';
import { AeTitle } from './ae-title.ts';
import { Compression } from './compression.ts';
import type { Failure } from './failure.ts';
import { Host } from './host.ts';

export const ServerId = z.string().min(1).max(64).brand<'ServerId'>();
export type ServerId = z.infer<typeof ServerId>;

export const Port = z
  .number('is not a number')
  .int('is not a whole number')
  .min(1, 'is not between 1 and 65535')
  .max(65535, 'is not between 1 and 65535');

/** A remote AE as a person describes it. */
export const ServerDraft = z.object({
  name: z.string().trim().min(1, 'is missing').max(64, 'has more than 64 characters'),
  aeTitle: AeTitle,
  host: Host,
  port: Port,
  /** Where this server's retrieves are awaited besides the shared listener; `null`: the number of `port`. */
  listenPort: Port.nullable(),
  preferredCompression: Compression,
  description: z.string().max(1024, 'has more than 1,024 characters'),
  tls: z.boolean(),
  verifyCertificate: z.boolean(),
});
export type ServerDraft = z.infer<typeof ServerDraft>;

export type ServerOrigin =
  | { readonly kind: 'user' }
  /** The embedded demonstration archive. */
  | { readonly kind: 'demonstration' }
  | { readonly kind: 'administrator'; readonly file: string; readonly line: number };

export interface LastEcho {
  /** ISO 8601. */
  readonly at: string;
  /** `null`: every step passed. */
  readonly failure: Failure | null;
}

export interface Server extends ServerDraft {
  readonly id: ServerId;
  readonly origin: ServerOrigin;
  readonly lastEcho: LastEcho | null;
}

/** A line of the administrator's file that could not be obeyed (error) or means nothing (warning). */
export interface IniProblem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly key: string;
  readonly reason: string;
}

/** Every server, the administrator's first, with what was wrong in the administrator's file. */
export interface ServerList {
  readonly servers: readonly Server[];
  /** `null`: there is no administrator's file. */
  readonly adminFile: string | null;
  readonly problems: readonly IniProblem[];
}
