import { expandVariables, type Environment } from './expand-variables.ts';
import type { IniPlace, IniReport } from './ini-report.ts';

/** `key = value` on one line. */
export interface IniEntry {
  /** In lower case. */
  readonly key: string;
  /** Without quotes, variables expanded; `null`: it could not be read, which has been reported. */
  readonly value: string | null;
  /** From 1. */
  readonly line: number;
  /** Where the value begins, from 1. */
  readonly column: number;
  /** Where the key begins. */
  readonly keyColumn: number;
}

/** What stands under one `[name]`. */
export interface IniSection {
  /** As written, without the spaces around it. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly entries: readonly IniEntry[];
  /** A line below it could not be read at all, so nobody knows what it would have said. */
  readonly damaged: boolean;
}

interface OpenSection extends IniSection {
  readonly entries: IniEntry[];
  damaged: boolean;
}

/** A line without the spaces around it, and where it stands. */
interface IniLine {
  readonly content: string;
  readonly line: number;
  readonly column: number;
}

/** Takes an INI text apart by lines. What can't be read is reported, and everything else is kept. */
export function parseIni(text: string, env: Environment, report: IniReport): readonly IniSection[] {
  const sections: OpenSection[] = [];
  // Lines below an unreadable heading belong to nobody; the heading's own problem speaks for them.
  let current: OpenSection | 'none' | 'unreadable' = 'none';

  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const content = raw.trim();
    if (content === '' || /^[;#]/.test(content)) continue;
    const line = { content, line: index + 1, column: raw.length - raw.trimStart().length + 1 };
    if (content.startsWith('[')) {
      current = openSection(line, report) ?? 'unreadable';
      if (current !== 'unreadable') sections.push(current);
    } else if (current !== 'unreadable') {
      readLine(line, current === 'none' ? null : current, { env, report });
    }
  }
  return sections;
}

function openSection({ content, line, column }: IniLine, report: IniReport): OpenSection | null {
  const name = /^\[([^[\]]*)\]\s*(?:[;#].*)?$/.exec(content)?.[1]?.trim();
  if (name !== undefined && name !== '') return { name, line, column, entries: [], damaged: false };
  report.error(
    { line, column },
    '',
    'This heading can’t be read. Write it as [name], alone on its line. The lines below it are not used.',
  );
  return null;
}

interface Reading {
  readonly env: Environment;
  readonly report: IniReport;
}

function readLine(line: IniLine, section: OpenSection | null, reading: Reading): void {
  const { content, column } = line;
  const equals = content.indexOf('=');
  const key = content.slice(0, Math.max(equals, 0)).trim().toLowerCase();
  if (section === null) {
    reading.report.error(
      line,
      key,
      'This line stands before the first [section]. Move it below the one it belongs to.',
    );
    return;
  }
  if (!/^[a-z0-9_]+$/.test(key)) {
    reading.report.error(
      line,
      '',
      'This line is neither a comment, a [section] nor key=value. Correct or remove it.',
    );
    section.damaged = true;
    return;
  }
  const behind = content.slice(equals + 1);
  const place = { line: line.line, column: column + equals + 1 + behind.length - behind.trimStart().length };
  const value = readValue(behind.trim(), { key, place }, reading);
  section.entries.push({ key, ...place, keyColumn: column, value });
}

function readValue(
  written: string,
  { key, place }: { readonly key: string; readonly place: IniPlace },
  { env, report }: Reading,
): string | null {
  const unquoted = withoutQuotes(written);
  if (unquoted === null) {
    report.error(
      place,
      key,
      'The value begins with a quote that is not closed at its end. Write it as "…", a quote inside as "".',
    );
    return null;
  }
  if (unquoted.includes('\uFFFD')) {
    report.error(place, key, 'The value has characters that are not UTF-8. Save the file as UTF-8.');
    return null;
  }
  return expandVariables(unquoted, env, (name) =>
    report.error(
      place,
      key,
      `There is no environment variable ${name} here. Define it, or write %% for a percent sign.`,
    ),
  );
}

/** Cuts off the comment behind a value, which begins at a `;` or `#` after a space; `null`: a quote is not closed. */
function withoutQuotes(written: string): string | null {
  if (!written.startsWith('"')) return written.replace(/(?:^|\s+)[;#].*$/, '');
  const quoted = /^"((?:[^"]|"")*)"\s*(?:[;#].*)?$/.exec(written)?.[1];
  return quoted?.replaceAll('""', '"') ?? null;
}
