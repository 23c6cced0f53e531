import { certain, type Reading } from './piece.ts';

/** `PACS1@10.0.4.12:104`, and the same the other way round: `10.0.4.12:104:PACS1`. */
export function readCompact(text: string): Reading | null {
  const forward = /(?<![\w.])([^\s@,;:"'<>()\\]{1,16})@(\[[0-9A-Fa-f:.%\w]+\]|[\w.-]+):(\d{1,5})(?!\d)/.exec(
    text,
  );
  if (forward !== null) return readingOf(forward, { aeTitle: 1, host: 2, port: 3 });
  const backward =
    /(?<![\w.:])(\[[0-9A-Fa-f:.%]+\]|\d{1,3}(?:\.\d{1,3}){3}|[\w-]+(?:\.[\w-]+)+):(\d{1,5})[:/@]([A-Z0-9_-]{1,16})(?![\w.])/.exec(
      text,
    );
  return backward === null ? null : readingOf(backward, { aeTitle: 3, host: 1, port: 2 });
}

function readingOf(
  match: RegExpExecArray,
  groups: Readonly<Record<'aeTitle' | 'host' | 'port', number>>,
): Reading {
  const fields = ['aeTitle', 'host', 'port'] as const;
  const found = fields.map((field) => {
    const value = (match[groups[field]] ?? '').replace(/^\[(.*)\]$/, '$1');
    return certain({ field, value, from: match[0], at: match.index });
  });
  return { found, remarks: [] };
}
