import type { FoundField } from '../../contract/read-reply.ts';
import { fieldLabelled } from './labels.ts';
import { certain, uncertain, type Reading } from './piece.ts';
import { readValue } from './values.ts';

/** Labels with their values: one a line, or several on a line. */
export function readLines(text: string): Reading | null {
  const found: FoundField[] = [];
  const remarks: string[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    for (const part of partsOf(line)) {
      const read = readPart(part.text, at + part.at);
      if (read === null) continue;
      const known = found.find(({ field }) => field === read.found.field);
      if (known === undefined) found.push(read.found);
      else if (known.value !== read.found.value) remarks.push(againRemark(read.found));
      if (read.others.length > 0) remarks.push(othersRemark(read.found, read.others));
    }
    at += line.length + 1;
  }
  return found.length === 0 ? null : { found, remarks };
}

interface Part {
  readonly text: string;
  readonly at: number;
}

/** A line holds several labels where a slash, bar, comma or wide gap stands before the next one. */
function partsOf(line: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const gap of line.matchAll(/\s+[/|•·–-]\s+|[,;|]\s*|\t+|\s{3,}/g)) {
    const rest = line.slice(gap.index + gap[0].length);
    if (labelOf(rest) === null) continue;
    parts.push({ text: line.slice(from, gap.index), at: from });
    from = gap.index + gap[0].length;
  }
  return [...parts, { text: line.slice(from), at: from }];
}

interface Label {
  readonly field: FoundField['field'];
  /** Where the value begins. */
  readonly end: number;
}

/** `AE title: …`, `- **Port** = …`, `AE-Titel  PACS1`. */
function labelOf(text: string): Label | null {
  const signed =
    /^[\s>*•·\-–\d.)]*([\p{L}][\p{L}\p{N} ._/'’()*-]{0,40}?)[\s*_]*(?:[:=→]|\.{2,}|\t)[\s*_]*/u.exec(text);
  const field = signed?.[1] === undefined ? null : fieldLabelled(signed[1]);
  if (signed !== null && field !== null) return { field, end: signed[0].length };
  return bareLabelOf(text);
}

/** Without a sign between them only where the label can't be part of a sentence. */
function bareLabelOf(text: string): Label | null {
  const bare =
    /^[\s>*•·\-–]*(AE[ -]?Tit(?:le|el)|AET|IP(?:[ -]?(?:address|Adresse))?|Port(?:[ -]?number)?|Host(?:name)?)\s+(?=\S)/i.exec(
      text,
    );
  const field = bare?.[1] === undefined ? null : fieldLabelled(bare[1]);
  return bare === null || field === null ? null : { field, end: bare[0].length };
}

function readPart(
  text: string,
  at: number,
): { readonly found: FoundField; readonly others: readonly string[] } | null {
  const label = labelOf(text);
  if (label === null) return null;
  const read = readValue(label.field, text.slice(label.end));
  if (read === null) return null;
  const from = text.trim();
  const piece = { field: label.field, value: read.value, from, at: at + text.indexOf(from) };
  const isOne = read.others.length === 0;
  return {
    found: isOne ? certain(piece) : uncertain(piece, 'Several stand there; this is the first.'),
    others: read.others,
  };
}

function againRemark({ value }: FoundField): string {
  return `“${value}” stands in the text too, further down. The first one is taken.`;
}

function othersRemark({ value }: FoundField, others: readonly string[]): string {
  return `Beside “${value}” the text has: ${others.join(', ')}.`;
}
