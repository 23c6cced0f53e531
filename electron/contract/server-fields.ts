import { z } from 'zod';
import { Port } from './port.ts';
import { ServerDraft } from './server.ts';
import type { Protocol } from './server-terms.ts';

/** A server as it is typed into the form, stands in a file, or is pasted. Text may be empty unless the rules want it. */
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

  readonly contact: string;
  readonly group: string;
  readonly organisation: string;
  /** '': nobody said. */
  readonly role: string;
  readonly protocol: string;
  readonly callingAeTitle: string;
  readonly webUrl: string;
  readonly webQidoPath: string;
  readonly webWadoPath: string;
  readonly webStowPath: string;
  readonly webAuthentication: string;
  readonly webUsername: string;
  /** Codes with commas, semicolons or spaces between them. */
  readonly modalities: string;
  /** What it is used for, likewise; empty: whatever it offers. */
  readonly abilities: string;
  readonly lifecycle: string;
  /** The ID of a server. */
  readonly replacedBy: string;
  readonly queryCharacterSet: string;
  readonly decodeAs: string;
  readonly retrieveMethod: string;
  readonly maxAssociations: string;
  /** In seconds; empty: as long as for any other server. */
  readonly connectSeconds: string;
  readonly associateSeconds: string;
  readonly responseSeconds: string;
  readonly expectedName: string;
  readonly authorities: string;
  readonly clientCertificate: string;
  readonly pinnedFingerprint: string;
  readonly sendAssociations: string;
}

export type ServerField = keyof ServerFields;

/** A new server: the classic DICOM port, and certificates verified once TLS is ticked. */
export const emptyServerFields: ServerFields = {
  name: '',
  aeTitle: '',
  host: '',
  port: '104',
  listenPort: '',
  preferredCompression: 'as-stored',
  description: '',
  tls: false,
  verifyCertificate: true,
  contact: '',
  group: '',
  organisation: '',
  role: '',
  protocol: 'dicom',
  callingAeTitle: '',
  webUrl: '',
  webQidoPath: '',
  webWadoPath: '',
  webStowPath: '',
  webAuthentication: 'none',
  webUsername: '',
  modalities: '',
  abilities: '',
  lifecycle: 'production',
  replacedBy: '',
  queryCharacterSet: 'auto',
  decodeAs: '',
  retrieveMethod: 'auto',
  maxAssociations: '4',
  connectSeconds: '',
  associateSeconds: '',
  responseSeconds: '',
  expectedName: '',
  authorities: '',
  clientCertificate: '',
  pinnedFingerprint: '',
  sendAssociations: '',
};

/** A record as the form shows it. */
export function fieldsOf(draft: ServerDraft): ServerFields {
  const { timeouts } = draft;
  return {
    name: draft.name,
    aeTitle: text(draft.aeTitle),
    host: text(draft.host),
    port: text(draft.port),
    listenPort: text(draft.listenPort),
    preferredCompression: draft.preferredCompression,
    description: draft.description,
    tls: draft.tls,
    verifyCertificate: draft.verifyCertificate,
    contact: draft.contact,
    group: draft.group,
    organisation: draft.organisation,
    role: text(draft.role),
    protocol: draft.protocol,
    callingAeTitle: text(draft.callingAeTitle),
    ...webFieldsOf(draft),
    modalities: draft.modalities.join(', '),
    abilities: draft.abilities.join(', '),
    lifecycle: draft.lifecycle,
    replacedBy: text(draft.replacedBy),
    queryCharacterSet: draft.queryCharacterSet,
    decodeAs: text(draft.decodeAs),
    retrieveMethod: draft.retrieveMethod,
    maxAssociations: text(draft.maxAssociations),
    connectSeconds: secondsText(timeouts.connectMs),
    associateSeconds: secondsText(timeouts.associateMs),
    responseSeconds: secondsText(timeouts.responseMs),
    expectedName: text(draft.expectedName),
    authorities: text(draft.authorities),
    clientCertificate: text(draft.clientCertificate),
    pinnedFingerprint: text(draft.pinnedFingerprint),
    sendAssociations: text(draft.sendOptions.associations),
  };
}

type WebField = Extract<ServerField, `web${string}`>;

function webFieldsOf({ dicomweb }: ServerDraft): Pick<ServerFields, WebField> {
  return {
    webUrl: text(dicomweb?.baseUrl),
    webQidoPath: text(dicomweb?.qidoPath),
    webWadoPath: text(dicomweb?.wadoPath),
    webStowPath: text(dicomweb?.stowPath),
    webAuthentication: dicomweb?.authentication ?? 'none',
    webUsername: text(dicomweb?.username),
  };
}

/** '' for what is not there. */
function text(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** A sentence for each field that is not right. */
export type ServerProblems = Readonly<Partial<Record<ServerField, string>>>;

/** Reads each field for itself; the rules between them are `server-rules.ts`. */
export function readServerFields(
  fields: ServerFields,
): { readonly draft: ServerDraft } | { readonly problems: ServerProblems } {
  const parsed = ServerDraft.safeParse(asRecord(fields));
  if (parsed.success) return { draft: parsed.data };

  const problems: Partial<Record<ServerField, string>> = {};
  for (const issue of parsed.error.issues) {
    const field = fieldAt(issue.path);
    problems[field] ??= issue.message;
  }
  return { problems };
}

/** A port as a person writes it. */
export const PortInText = z.string().transform(numberIn).pipe(Port);

/** What the schema of a record judges, made from text; what makes no number stays one that can't be. */
function asRecord(fields: ServerFields): Readonly<Record<keyof ServerDraft, unknown>> {
  return {
    name: fields.name,
    aeTitle: fields.aeTitle.trim() === '' ? null : fields.aeTitle,
    host: fields.host.trim() === '' ? null : fields.host,
    port: optionalNumber(fields.port),
    listenPort: optionalNumber(fields.listenPort),
    preferredCompression: fields.preferredCompression,
    description: fields.description,
    tls: fields.tls,
    verifyCertificate: fields.verifyCertificate,
    contact: fields.contact,
    group: fields.group,
    organisation: fields.organisation,
    role: optionalText(fields.role),
    protocol: fields.protocol,
    callingAeTitle: optionalText(fields.callingAeTitle),
    dicomweb: webRecord(fields),
    modalities: wordsIn(fields.modalities.toUpperCase()),
    abilities: wordsIn(fields.abilities.toLowerCase()),
    lifecycle: fields.lifecycle,
    replacedBy: optionalText(fields.replacedBy),
    queryCharacterSet: fields.queryCharacterSet,
    decodeAs: optionalText(fields.decodeAs),
    retrieveMethod: fields.retrieveMethod,
    maxAssociations: numberIn(fields.maxAssociations),
    timeouts: {
      connectMs: optionalMilliseconds(fields.connectSeconds),
      associateMs: optionalMilliseconds(fields.associateSeconds),
      responseMs: optionalMilliseconds(fields.responseSeconds),
    },
    expectedName: optionalText(fields.expectedName),
    authorities: optionalText(fields.authorities),
    clientCertificate: optionalText(fields.clientCertificate),
    pinnedFingerprint: optionalText(fields.pinnedFingerprint),
    sendOptions: { associations: optionalNumber(fields.sendAssociations) },
  };
}

/** The words of a text that lists them. */
export function wordsIn(text: string): readonly string[] {
  return text.split(/[\s,;\\/]+/).filter(Boolean);
}

function webRecord(fields: ServerFields): unknown {
  const { webUrl, webQidoPath, webWadoPath, webStowPath, webUsername } = fields;
  const said = [webUrl, webQidoPath, webWadoPath, webStowPath, webUsername].some(
    (text) => text.trim() !== '',
  );
  if (!said) return null;
  return {
    baseUrl: webUrl,
    qidoPath: webQidoPath,
    wadoPath: webWadoPath,
    stowPath: webStowPath,
    authentication: fields.webAuthentication,
    username: webUsername,
  };
}

const fieldOfPath: Readonly<Record<string, ServerField>> = {
  'dicomweb.baseUrl': 'webUrl',
  'dicomweb.qidoPath': 'webQidoPath',
  'dicomweb.wadoPath': 'webWadoPath',
  'dicomweb.stowPath': 'webStowPath',
  'dicomweb.authentication': 'webAuthentication',
  'dicomweb.username': 'webUsername',
  'timeouts.connectMs': 'connectSeconds',
  'timeouts.associateMs': 'associateSeconds',
  'timeouts.responseMs': 'responseSeconds',
  'sendOptions.associations': 'sendAssociations',
};

/** Which field of the form a part of the record comes from. */
export function fieldAt(path: readonly PropertyKey[]): ServerField {
  const whole = path.map(String).join('.');
  return fieldOfPath[whole] ?? fieldNames.find((name) => name === String(path[0])) ?? 'name';
}

/** In the order of the form. */
export const fieldNames: readonly ServerField[] = Object.keys(emptyServerFields).filter(isField);

function isField(name: string): name is ServerField {
  return Object.hasOwn(emptyServerFields, name);
}

function optionalText(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function optionalNumber(text: string): number | null {
  return text.trim() === '' ? null : numberIn(text);
}

/** Decimal digits only, not `1e3`, `0x68` or `+104`, which `Number` would take. */
function numberIn(text: string): number {
  return /^[0-9]{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function optionalMilliseconds(text: string): number | null {
  if (text.trim() === '') return null;
  return /^[0-9]{1,5}(?:\.[0-9]{1,3})?$/.test(text.trim()) ? Math.round(Number(text) * 1000) : Number.NaN;
}

function secondsText(milliseconds: number | null): string {
  return milliseconds === null ? '' : String(milliseconds / 1000);
}

/** The fields that are text. */
export type TextField = Exclude<ServerField, 'tls' | 'verifyCertificate'>;

/**
 * The form as a file fills it: what is empty there is as in a new form, but that nobody's port is
 * guessed. Where the protocol is not said, the addresses say it.
 */
export function fieldsOfTexts(
  texts: Readonly<Partial<Record<TextField, string>>>,
  ticks: Pick<ServerFields, 'tls' | 'verifyCertificate'>,
): ServerFields {
  const said = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  const fields: ServerFields = { ...emptyServerFields, port: '', ...Object.fromEntries(said), ...ticks };
  return (texts.protocol ?? '').trim() !== '' ? fields : { ...fields, protocol: protocolOf(fields) };
}

function protocolOf({ webUrl, host, aeTitle }: ServerFields): Protocol {
  if (webUrl.trim() === '') return 'dicom';
  return host.trim() === '' && aeTitle.trim() === '' ? 'dicomweb' : 'both';
}
