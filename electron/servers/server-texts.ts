import type { ServerField, ServerFields, ServerProblems, TextField } from '../contract/server-fields.ts';
import { fieldNames, fieldsOf, fieldsOfTexts } from '../contract/server-fields.ts';
import type { ServerDraft } from '../contract/server.ts';
import { yesOrNo, yesOrNoMessage } from './section-values.ts';
import { serverKeys } from './server-keys.ts';

/** One server as a file gives it, text by text. */
export interface ReadTexts {
  readonly fields: ServerFields;
  /** What could not be made a field at all. */
  readonly problems: ServerProblems;
}

const isText = (field: ServerField): field is TextField => field !== 'tls' && field !== 'verifyCertificate';

const tlsMessage = 'It is one of: off, anonymous, mutual.';
const mutualMessage = 'Mutual TLS needs a certificate of ours. Name it, or write anonymous.';
const anonymousMessage = 'With anonymous TLS no certificate of ours is shown. Write mutual, or name none.';

/** The form's fields from a file's; `textOf` gives what stands under a key or in a column, '' for nothing. */
export function readServerTexts(textOf: (key: string) => string): ReadTexts {
  const texts = Object.fromEntries(
    fieldNames.filter(isText).map((field) => [field, trimmedBut(field, textOf(serverKeys[field]))]),
  );
  const tls = readTls(textOf(serverKeys.tls), texts['clientCertificate'] ?? '');
  const verifyText = textOf(serverKeys.verifyCertificate).trim();
  const verify = verifyText === '' ? true : yesOrNo(verifyText);
  const method = texts['retrieveMethod'] ?? '';
  return {
    fields: fieldsOfTexts(
      { ...texts, retrieveMethod: methods[method.toLowerCase()] ?? method },
      { tls: tls.value, verifyCertificate: verify ?? true },
    ),
    problems: {
      ...(tls.problem === null ? {} : { tls: tls.problem }),
      ...(verify === null ? { verifyCertificate: yesOrNoMessage } : {}),
    },
  };
}

/** A description is as it was written. */
function trimmedBut(field: TextField, text: string): string {
  return field === 'description' ? text : text.trim();
}

const methods: Readonly<Record<string, string>> = { cget: 'c-get', cmove: 'c-move' };

function readTls(
  text: string,
  clientCertificate: string,
): { readonly value: boolean; readonly problem: string | null } {
  const written = text.trim().toLowerCase();
  if (written === 'mutual') {
    return { value: true, problem: clientCertificate === '' ? mutualMessage : null };
  }
  if (written === 'anonymous') {
    return { value: true, problem: clientCertificate === '' ? null : anonymousMessage };
  }
  const value = written === '' ? false : yesOrNo(written);
  return { value: value ?? false, problem: value === null ? tlsMessage : null };
}

/** The other way round: what stands in a file for a record, '' where it is as in any new one. */
export function serverTexts(draft: ServerDraft): Readonly<Record<ServerField, string>> {
  const { tls, verifyCertificate, ...texts } = fieldsOf(draft);
  const mode = draft.clientCertificate === null ? 'anonymous' : 'mutual';
  return { ...texts, tls: tls ? mode : 'off', verifyCertificate: verifyCertificate ? 'yes' : 'no' };
}
