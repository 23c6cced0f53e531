import { z } from 'zod';
import { fieldNames, fieldsOfTexts, type ServerFields } from '../contract/server-fields.ts';

const Loose = z.record(z.string(), z.unknown()).catch({});

/** The form's fields of a record that was saved once, whatever became of it since. */
export function fieldsOfStored(record: unknown): ServerFields {
  const stored = Loose.parse(record);
  const web = Loose.parse(stored['dicomweb']);
  const texts: Readonly<Record<string, unknown>> = {
    ...stored,
    webUrl: web['baseUrl'],
    webQidoPath: web['qidoPath'],
    webWadoPath: web['wadoPath'],
    webStowPath: web['stowPath'],
    webAuthentication: web['authentication'],
    webUsername: web['username'],
    modalities: listText(stored['modalities']),
    abilities: listText(stored['abilities']),
  };
  const written = fieldNames.map((name) => [name, textOf(texts[name])] as const);
  return fieldsOfTexts(Object.fromEntries(written), {
    tls: stored['tls'] === true,
    verifyCertificate: stored['verifyCertificate'] !== false,
  });
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.join(' ') : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
