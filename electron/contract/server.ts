import { z } from 'zod';
import { AeTitle } from './ae-title.ts';
import { Compression } from './compression.ts';
import type { Failure } from './failure.ts';
import { Host } from './host.ts';

export const ServerId = z.string().min(1).max(64).brand<'ServerId'>();
export type ServerId = z.infer<typeof ServerId>;

const portMessage = 'A port is a whole number from 1 to 65535.';

export const Port = z.number(portMessage).int(portMessage).min(1, portMessage).max(65535, portMessage);

/** A port as a person writes it. */
export const PortInText = z.string(portMessage).transform(numberIn).pipe(Port);

/** The same where it may be left empty. */
export const OptionalPortInText = z
  .string(portMessage)
  .transform((text) => (text.trim() === '' ? null : numberIn(text)))
  .pipe(Port.nullable());

/** Decimal digits only, not `1e3`, `0x68` or `+104`, which `Number` would take. */
function numberIn(text: string): number {
  return /^[0-9]{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** A remote AE as a person describes it. */
export const ServerDraft = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'The name is missing. Enter what you call this server.')
    .max(64, 'The name has more than 64 characters. Shorten it.')
    .regex(/^[^\p{Cc}]*$/u, 'The name may not contain control characters. Type it anew.'),
  aeTitle: AeTitle,
  host: Host,
  port: Port,
  /** Where this server's retrieves are awaited besides the shared listener; `null`: the number of `port`. */
  listenPort: Port.nullable(),
  preferredCompression: Compression,
  description: z.string().max(1024, 'The description has more than 1,024 characters. Shorten it.'),
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
