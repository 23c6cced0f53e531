import { z } from 'zod';
import { AeTitle } from './ae-title.ts';
import type { AllowedActions } from './action.ts';
import { DecodeAs } from './character-sets.ts';
import { CertificateId, Fingerprint } from './certificate-id.ts';
import { Compression } from './compression.ts';
import { DicomwebEndpoint } from './dicomweb-endpoint.ts';
import { Host } from './host.ts';
import type { Link } from './link.ts';
import type { Policies } from './policy.ts';
import type { ServerProblem } from './server-rules.ts';
import { Port } from './port.ts';
import { ServerId } from './server-id.ts';
import {
  Abilities,
  Lifecycle,
  ModalityCode,
  Protocol,
  QueryCharacterSet,
  RetrieveMethod,
  Role,
} from './server-terms.ts';

export { Port } from './port.ts';
export { ServerId } from './server-id.ts';

/** How long is waited for this server, in milliseconds; `null`: as long as for any other. */
export const ServerTimeouts = z.object({
  connectMs: timeOut('connecting'),
  associateMs: timeOut('the association'),
  /** From the last byte, either way. */
  responseMs: timeOut('an answer'),
});
export type ServerTimeouts = z.infer<typeof ServerTimeouts>;

const usualTimeouts: ServerTimeouts = { connectMs: null, associateMs: null, responseMs: null };

const associationsMessage = 'The number of associations is a whole number from 1 to 16.';
const Associations = z
  .number(associationsMessage)
  .int(associationsMessage)
  .min(1, associationsMessage)
  .max(16, associationsMessage);

/** How it is sent to. */
export const SendOptions = z.object({
  /** Side by side; `null`: as many as the server may have at all. */
  associations: Associations.nullable().default(null),
});
export type SendOptions = z.infer<typeof SendOptions>;

/**
 * A remote AE as a person describes it. The first nine are what everybody fills in; the rest has values
 * that change nothing, so that a record of an earlier version is a record still.
 */
export const ServerDraft = z.object({
  name: z
    .string('The name is missing. Enter what you call this server.')
    .trim()
    .min(1, 'The name is missing. Enter what you call this server.')
    .max(64, 'The name has more than 64 characters. Shorten it.')
    .regex(/^[^\p{Cc}]*$/u, 'The name may not contain control characters. Type it anew.'),
  /** `null`, like `host` and `port`, only where the server is asked by nothing but DICOMweb. */
  aeTitle: AeTitle.nullable(),
  host: Host.nullable(),
  port: Port.nullable(),
  /** Where this server's retrieves are awaited besides the shared listener; `null`: the number of `port`. */
  listenPort: Port.nullable(),
  preferredCompression: Compression,
  description: z.string().max(1024, 'The description has more than 1,024 characters. Shorten it.'),
  tls: z.boolean(),
  verifyCertificate: z.boolean(),

  /** Whom to ask about it. */
  contact: words('contact', 256),
  /** Where it stands, or which group a person put it into; '' for none. */
  group: words('group', 64),
  organisation: words('organisation', 64),
  /** As declared; `null`: nobody said. */
  role: Role.nullable().default(null),
  protocol: Protocol.default('dicom'),
  /** What it knows us by; `null`: our own AE title. */
  callingAeTitle: AeTitle.nullable().default(null),
  dicomweb: DicomwebEndpoint.nullable().default(null),
  modalities: z
    .array(ModalityCode)
    .max(32, 'There are more than 32 modalities. Name the important ones.')
    .default([]),
  abilities: Abilities.default([]),
  lifecycle: Lifecycle.default('production'),
  /** The server that takes its place; `null`: none is known. */
  replacedBy: ServerId.nullable().default(null),
  queryCharacterSet: QueryCharacterSet.default('auto'),
  /** What its text is read as where it doesn't say, or says it wrongly; `null`: as it says. */
  decodeAs: DecodeAs.nullable().default(null),
  retrieveMethod: RetrieveMethod.default('auto'),
  /** How many at one time we ask of it at most, whatever for. */
  maxAssociations: Associations.default(4),
  timeouts: ServerTimeouts.default(usualTimeouts),
  /** What its certificate is made out to, where that is not `host`. */
  expectedName: Host.nullable().default(null),
  /** Whom to trust for it; `null`: whom the system trusts. */
  authorities: CertificateId.nullable().default(null),
  /** What we show it (mutual TLS); `null`: nothing. */
  clientCertificate: CertificateId.nullable().default(null),
  pinnedFingerprint: Fingerprint.nullable().default(null),
  sendOptions: SendOptions.default({ associations: null }),
});
export type ServerDraft = z.infer<typeof ServerDraft>;

/** A draft in which only what matters is said. @throws ZodError */
export function serverDraft(fields: z.input<typeof ServerDraft>): ServerDraft {
  return ServerDraft.parse(fields);
}

export type ServerOrigin =
  | { readonly kind: 'user' }
  /** The person's own too; it came with a list (CSV). */
  | { readonly kind: 'csv' }
  /** The embedded demonstration archive. */
  | { readonly kind: 'demonstration' }
  | { readonly kind: 'administrator'; readonly file: string; readonly line: number };

/** Whether a person keeps it: neither the administrator nor the demonstration does. */
export function isOwn({ origin }: { readonly origin: Pick<ServerOrigin, 'kind'> }): boolean {
  return origin.kind === 'user' || origin.kind === 'csv';
}

export interface Server extends ServerDraft {
  readonly id: ServerId;
  readonly origin: ServerOrigin;
  /** What may be asked of it, by its role and status, the links and the administrator's policy. */
  readonly actions: AllowedActions;
}

/** What can be edited of a server. */
export function draftOf(server: Server): ServerDraft {
  const { id: _id, origin: _origin, actions: _actions, ...draft } = server;
  return draft;
}

/** A server that can be asked by DICOM. */
export interface DicomPeer {
  readonly aeTitle: AeTitle;
  readonly host: string;
  readonly port: number;
}

/** What tells of a record whether it can be asked by DICOM. */
export type DicomAddress = Pick<ServerDraft, 'aeTitle' | 'host' | 'port'> & {
  readonly protocol?: ServerDraft['protocol'];
};

/** Whether it has an address for DICOM; one that has none is asked by DICOMweb. */
export function speaksDicom<Record extends DicomAddress>(server: Record): server is Record & DicomPeer {
  const { protocol, aeTitle, host, port } = server;
  return protocol !== 'dicomweb' && aeTitle !== null && host !== null && port !== null;
}

/** A line of the administrator's file that could not be obeyed (error) or means nothing (warning). */
export interface IniProblem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly key: string;
  readonly reason: string;
}

/** A saved server that an earlier version, or a hand, left in a state that can't be used. */
export interface SetAside {
  readonly name: string;
  readonly problems: readonly ServerProblem[];
}

/** Every server, in the order that the person wants, with what was wrong in the administrator's files. */
export interface ServerList {
  readonly servers: readonly Server[];
  readonly links: readonly Link[];
  readonly policies: Policies;
  /** What the administrator's file calls this place, for the files that are made of this list; '' for nothing. */
  readonly site: string;
  /** Entries of the person's own that can't be used; they are kept as they are. */
  readonly setAside: readonly SetAside[];
  /** `null`: there is no administrator's file. */
  readonly adminFile: string | null;
  readonly problems: readonly IniProblem[];
}

function words(name: string, longest: number) {
  return z
    .string()
    .trim()
    .max(longest, `The ${name} has more than ${longest} characters. Shorten it.`)
    .regex(/^[^\p{Cc}]*$/u, `The ${name} may not contain control characters. Type it anew.`)
    .default('');
}

function timeOut(what: string) {
  const message = `The time-out for ${what} is from 1 to 3,600 seconds.`;
  return z.number(message).int(message).min(1_000, message).max(3_600_000, message).nullable().default(null);
}
