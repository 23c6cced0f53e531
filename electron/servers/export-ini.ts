import { emptyServerFields, fieldNames, type ServerField } from '../contract/server-fields.ts';
import type { Link, LinkEnd } from '../contract/link.ts';
import { isOwn, type ServerDraft } from '../contract/server.ts';
import { serverKeys } from './server-keys.ts';
import { serverTexts } from './server-texts.ts';

/** What is written of a server and of a link; the IDs become the names of their sections. */
export interface ExportedServer {
  readonly id: string;
  readonly origin: 'user' | 'csv' | 'demonstration';
  readonly draft: ServerDraft;
}

/**
 * The person's servers, and the links between them and this viewer, as an administrator's file that gives
 * them to everybody. `readAdminIni` makes the same of it. Certificates are left out: they lie in this
 * person's own store, and their files must be named.
 */
export function exportIni(
  servers: readonly ExportedServer[],
  { links, site }: { readonly links: readonly Link[]; readonly site: string },
): string {
  const own = servers.filter(({ origin }) => isOwn({ origin: { kind: origin } }));
  const names = sectionNames(own);
  const head = ['[file]', 'version=1', ...(site === '' ? [] : [entry('site', site)])];
  const blocks = [
    head,
    ...own.map((server) => serverLines(server, names)),
    ...links
      .filter(({ origin }) => origin.kind === 'user')
      .map((link) => linkLines(link, names))
      .filter((lines) => lines.length > 0),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Readable ones made of the AE title or the name: they stay when the rest is changed. */
function sectionNames(servers: readonly ExportedServer[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(['local']);
  for (const { id, draft } of servers) {
    const plain = (draft.aeTitle ?? draft.name).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const base = plain.replaceAll(/^-+|-+$/g, '').slice(0, 48) || 'server';
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

const neverWritten: readonly ServerField[] = ['authorities', 'clientCertificate'];
const alwaysWritten: readonly ServerField[] = ['name', 'aeTitle', 'host', 'port', 'protocol'];

function serverLines({ id, draft }: ExportedServer, names: ReadonlyMap<string, string>): readonly string[] {
  const usual = { ...emptyServerFields, tls: 'off', verifyCertificate: 'yes' };
  const texts = { ...serverTexts(draft), ...(draft.clientCertificate === null ? {} : { tls: 'anonymous' }) };
  const written = fieldNames.filter(
    (field) =>
      !neverWritten.includes(field) &&
      (alwaysWritten.includes(field) ? texts[field] !== '' : texts[field] !== usual[field]),
  );
  const lines = written.map((field) => {
    const text = field === 'replacedBy' ? (names.get(texts[field]) ?? texts[field]) : texts[field];
    return entry(serverKeys[field], text);
  });
  const left =
    draft.clientCertificate === null && draft.authorities === null
      ? []
      : [
          '; Its certificates are not in this file: put theirs beside it, and name them with ca= and client_cert=.',
        ];
  return [`[server:${names.get(id) ?? id}]`, ...left, ...lines];
}

function linkLines(link: Link, names: ReadonlyMap<string, string>): readonly string[] {
  const end = (id: LinkEnd): string | null => (id === 'local' ? id : (names.get(id) ?? null));
  const [source, target] = [end(link.source), end(link.target)];
  if (source === null || target === null) return [];
  const { direction, status, organisation, description } = link;
  return [
    `[link:${`${source}-${target}-${direction}`.slice(0, 64)}]`,
    entry('source', source),
    entry('target', target),
    entry('direction', direction),
    entry('status', status),
    ...(organisation === '' ? [] : [entry('organisation', organisation)]),
    ...(description === '' ? [] : [entry('description', description)]),
  ];
}

/** Quoted where a reader would cut it; a line break can't be written, and becomes a space. */
function entry(key: string, text: string): string {
  const line = text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll('%', '%%');
  const isPlain = !/^\s|\s$|^"|^[;#]|\s[;#]/.test(line);
  return `${key}=${isPlain ? line : `"${line.replaceAll('"', '""')}"`}`;
}
