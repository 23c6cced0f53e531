import type { FoundField } from '../../contract/read-reply.ts';
import { certain, uncertain, type Reading } from './piece.ts';

type Found = FoundField['field'];

/** Orthanc's `DicomModalities` and `DicomWebServers`, one entry of them, or any object with fields by these names. */
export function readJson(text: string): Reading | null {
  const start = text.search(/[{[]/);
  const value = start < 0 ? undefined : parsed(text.slice(start, text.search(/[}\]][^}\]]*$/) + 1));
  if (typeof value !== 'object' || value === null) return null;
  const entry = firstEntry(value);
  if (entry === null) return null;
  const found = entry.values.flatMap(({ field, value: text_ }) => {
    const at = text.indexOf(text_);
    return at < 0 ? [] : [certain({ field, value: wordFor(field, text_), from: text_, at })];
  });
  const named =
    entry.name === null
      ? []
      : [
          uncertain(
            { field: 'name', value: entry.name, from: entry.name, at: text.indexOf(entry.name) },
            'This is what Orthanc calls it.',
          ),
        ];
  return found.length === 0 ? null : { found: [...named, ...found], remarks: entry.remarks };
}

function wordFor(field: Found, text: string): string {
  if (field !== 'tls') return text;
  return text === 'true' ? 'yes' : 'no';
}

interface Entry {
  readonly name: string | null;
  readonly values: readonly { readonly field: Found; readonly value: string }[];
  readonly remarks: readonly string[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''));
  } catch {
    return undefined;
  }
}

function firstEntry(value: object): Entry | null {
  if (Array.isArray(value)) return entryOf(null, value);
  const inner = Reflect.get(value, 'DicomModalities') ?? Reflect.get(value, 'DicomWebServers') ?? value;
  const direct = entryOf(null, inner);
  if (direct !== null) return direct;
  const entries = Object.entries(Object(inner));
  for (const [name, each] of entries) {
    const entry = entryOf(name, each);
    if (entry === null) continue;
    const more =
      entries.length > 1 ? [`There are ${entries.length} servers in this text; this is the first.`] : [];
    return { ...entry, remarks: [...entry.remarks, ...more] };
  }
  return null;
}

const fieldOfKey: Readonly<Record<string, Found>> = {
  aet: 'aeTitle',
  ae: 'aeTitle',
  aetitle: 'aeTitle',
  host: 'host',
  hostname: 'host',
  ip: 'host',
  address: 'host',
  port: 'port',
  url: 'webUrl',
  username: 'webUsername',
  name: 'name',
  usedicomtls: 'tls',
  tls: 'tls',
};

function entryOf(name: string | null, value: unknown): Entry | null {
  if (Array.isArray(value)) return fromList(name, value);
  if (typeof value !== 'object' || value === null) return null;
  const values = Object.entries(value).flatMap(([key, each]) => {
    const field = fieldOfKey[key.toLowerCase().replaceAll(/[^a-z]/g, '')];
    if (field === undefined || !['string', 'number', 'boolean'].includes(typeof each)) return [];
    return [{ field, value: String(each) }];
  });
  const isServer = values.some(({ field }) => ['aeTitle', 'host', 'webUrl'].includes(field));
  return isServer ? { name, values, remarks: secretRemarks(Object.keys(value)) } : null;
}

/** `["AET", "host", port, …]`, or `["https://…", "user", "password"]`. */
function fromList(name: string | null, list: readonly unknown[]): Entry | null {
  const [first, second, third] = list;
  if (typeof first !== 'string') return null;
  if (/^https?:/i.test(first)) {
    const user = typeof second === 'string' ? [{ field: 'webUsername' as const, value: second }] : [];
    return {
      name,
      values: [{ field: 'webUrl', value: first }, ...user],
      remarks: typeof third === 'string' ? [secretRemark] : [],
    };
  }
  if (typeof second !== 'string' || typeof third !== 'number') return null;
  const values = [
    { field: 'aeTitle' as const, value: first },
    { field: 'host' as const, value: second },
    { field: 'port' as const, value: String(third) },
  ];
  return { name, values, remarks: [] };
}

const secretRemark = 'The text holds a password. It is not taken over: enter it in its own field.';

function secretRemarks(keys: readonly string[]): readonly string[] {
  return keys.some((key) => /pass|secret|token/i.test(key)) ? [secretRemark] : [];
}
