import { OptionalPortInText, PortInText, ServerDraft } from './server.ts';

/** What is typed into the form or stands in the administrator's file; `listenPort` may be empty. */
export interface ServerFields {
  readonly name: string;
  readonly aeTitle: string;
  readonly host: string;
  readonly port: string;
  readonly listenPort: string;
  readonly preferredCompression: string;
  readonly description: string;
  readonly tls: boolean;
  readonly verifyCertificate: boolean;
}

export type ServerField = keyof ServerFields;

/** A sentence for each field that is not right. */
export type ServerProblems = Readonly<Partial<Record<ServerField, string>>>;

const ServerAsWritten = ServerDraft.extend({
  port: PortInText,
  listenPort: OptionalPortInText,
});

/** The one check of a server as a person wrote it: the form and the administrator's file get the same sentences. */
export function checkServerFields(
  fields: ServerFields,
): { readonly draft: ServerDraft } | { readonly problems: ServerProblems } {
  const parsed = ServerAsWritten.safeParse(fields);
  if (parsed.success) return { draft: parsed.data };

  const problems: Partial<Record<ServerField, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = fieldNamed(issue.path[0]);
    if (field !== null) problems[field] ??= issue.message;
  }
  return { problems };
}

function fieldNamed(name: PropertyKey | undefined): ServerField | null {
  const fields = ServerDraft.keyof().options;
  return fields.find((field) => field === name) ?? null;
}
