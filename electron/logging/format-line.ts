import { createHash } from 'node:crypto';
import { describeBug } from './describe-bug.ts';
import { fieldKinds, type LogFields } from './fields.ts';

export type Level = 'info' | 'warn' | 'error';

const longestText = 64;

/** One line of the log, as JSON and with its line end. Fields without an entry in the table are left out. */
export function formatLine(at: Date, level: Level, event: string, fields: LogFields): string {
  const line: Record<string, unknown> = { at: at.toISOString(), level, event: writtenText(event) };
  for (const [name, kind] of Object.entries(fieldKinds)) {
    const value: unknown = Object.hasOwn(fields, name) ? Reflect.get(fields, name) : undefined;
    const written = writtenValue(kind, value);
    if (written !== undefined) line[name] = written;
  }
  return `${JSON.stringify(line)}\n`;
}

function writtenValue(kind: (typeof fieldKinds)[keyof typeof fieldKinds], value: unknown): unknown {
  if (value === undefined) return undefined;
  if (value === null) return null;
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? writtenText(value) : undefined;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'uid':
      return typeof value === 'string' ? hashOf(value) : undefined;
    case 'bug':
      return describeBug(value);
  }
}

/** Invisible characters shown as their code points, so that no text can forge a line or hide in one. */
function writtenText(text: string): string {
  const visible = text
    .slice(0, longestText + 1)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return visible.length > longestText ? `${visible.slice(0, longestText - 1)}…` : visible;
}

/** Equal UIDs stay recognisable as equal; who knows a UID can look for it, nobody can read one here. */
function hashOf(uid: string): string {
  return createHash('sha256').update(uid).digest('hex').slice(0, 12);
}
