import { type GraphicSet, unreadable } from './graphic-set.ts';
import { designatedBy } from './repertoires.ts';

/** What text begins in, and goes back to at every delimiter (PS3.5 §6.1.2.5.3). */
export interface InitialState {
  readonly g0: GraphicSet;
  /** `null`: nothing is designated, so its bytes mean nothing. */
  readonly g1: GraphicSet | null;
}

/** Begins every escape sequence. */
export const escape = 0x1b;

/**
 * Decodes text with code extensions (PS3.5 §6.1.2.5): escape sequences switch either half, and every
 * delimiter switches back to what the text began in.
 */
export function decodeIso2022(bytes: Buffer, initial: InitialState, isPersonName: boolean): string {
  let state = initial;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === escape) {
      const { designated, end } = readEscape(bytes, at);
      if (designated !== null) state = { ...state, [designated.half]: designated };
      at = end;
      continue;
    }
    const run = runFrom(bytes, at, state.g0, isPersonName);
    if (run.kind === 'delimiter') state = initial;
    const set = run.kind === 'upper' ? state.g1 : state.g0;
    text += set === null ? unreadable.repeat(run.end - at) : set.decode(bytes.subarray(at, run.end));
    at = run.end;
  }
  return text;
}

/**
 * Tab, line and form feed, carriage return and backslash, which may be no delimiter in its value
 * representation but is one in every other; in a person name those of components and groups.
 */
export function isDelimiter(byte: number, isPersonName: boolean): boolean {
  if (byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x5c) return true;
  return isPersonName && (byte === 0x5e || byte === 0x3d);
}

interface Run {
  readonly kind: 'delimiter' | 'lower' | 'upper';
  readonly end: number;
}

/** The longest stretch from `start` that one of the two halves decodes. */
function runFrom(bytes: Uint8Array, start: number, g0: GraphicSet, isPersonName: boolean): Run {
  const first = bytes[start] ?? 0;
  if (endsExtension(first, g0, isPersonName)) return { kind: 'delimiter', end: start + 1 };
  const kind = first < 0x80 ? 'lower' : 'upper';
  let end = start;
  while (end < bytes.length && goesOn(bytes[end] ?? 0, kind, { g0, isPersonName })) {
    end += lengthAt(bytes[end] ?? 0, g0);
  }
  return { kind, end: Math.min(end, bytes.length) };
}

function goesOn(
  byte: number,
  kind: Run['kind'],
  { g0, isPersonName }: { readonly g0: GraphicSet; readonly isPersonName: boolean },
): boolean {
  if (kind === 'upper') return byte >= 0x80;
  return byte < 0x80 && byte !== escape && !endsExtension(byte, g0, isPersonName);
}

/** Bytes of G1 are taken one by one, whatever it holds: they end with the run. */
function lengthAt(byte: number, g0: GraphicSet): number {
  return byte >= 0x80 || byte <= 0x20 ? 1 : g0.bytesPerCharacter;
}

/** In a two-byte G0 the codes of the delimiters are halves of letters; only control characters end it. */
function endsExtension(byte: number, g0: GraphicSet, isPersonName: boolean): boolean {
  return (g0.bytesPerCharacter === 1 || byte < 0x20) && isDelimiter(byte, isPersonName);
}

/** One that isn't in the tables is passed over, up to its final byte (ISO/IEC 2022: 30H to 7EH). */
function readEscape(
  bytes: Buffer,
  at: number,
): { readonly designated: GraphicSet | null; readonly end: number } {
  let final = at + 1;
  while (final < bytes.length && isIntermediate(bytes[final] ?? 0)) final += 1;
  const isWhole = (bytes[final] ?? 0) >= 0x30 && (bytes[final] ?? 0) < 0x7f;
  const end = isWhole ? final + 1 : final;
  // The longest that DICOM has is of three bytes.
  const designated = end - at > 4 ? null : designatedBy(bytes.toString('latin1', at + 1, end));
  return { designated, end };
}

function isIntermediate(byte: number): boolean {
  return byte >= 0x20 && byte < 0x30;
}
