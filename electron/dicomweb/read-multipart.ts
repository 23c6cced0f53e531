import type { WebLimits } from './dicomweb-plan.ts';

/** What comes out of a multipart body, in this order: for each part its headers, its bytes, its end. */
export type MultipartEvent =
  | { readonly kind: 'part'; readonly headers: ReadonlyMap<string, string> }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'part-end' };

/** Not multipart, beyond a limit, or ended before its closing line. Never says what was there. */
export class MultipartError extends Error {
  readonly reason: 'malformed' | 'too-large' | 'interrupted';

  constructor(reason: MultipartError['reason'], what: string) {
    super(what);
    this.name = 'MultipartError';
    this.reason = reason;
  }
}

type PartLimits = Pick<WebLimits, 'partHeaderBytes' | 'partBytes' | 'parts'>;

/**
 * The boundary of a `multipart/related` body (RFC 2046 §5.1.1); `null`: it is something else. Some are longer
 * than the 70 characters of that.
 */
export function boundaryOf(contentType: string): string | null {
  if (!/^\s*multipart\/related\s*(;|$)/i.test(contentType)) return null;
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s";,]{1,200})(?=\s*(?:;|$)))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * Takes a multipart body (RFC 2046 §5.1) apart as it comes; no part is ever held as a whole.
 *
 * @throws MultipartError
 */
export async function* readMultipart(
  body: AsyncIterable<Buffer>,
  boundary: string,
  limits: PartLimits,
): AsyncGenerator<MultipartEvent> {
  const reader = new MultipartReader(boundary, limits);
  for await (const chunk of body) {
    yield* reader.take(chunk);
    if (reader.isOver) return;
  }
  throw new MultipartError('interrupted', 'no closing line');
}

const lineEnd = Buffer.from('\r\n');
const emptyLine = Buffer.from('\r\n\r\n');

type ReaderState = 'preamble' | 'delimiter' | 'headers' | 'bytes' | 'over';

class MultipartReader {
  readonly #delimiter: Buffer;
  readonly #limits: PartLimits;
  /** What has come and isn't understood yet. The first delimiter may stand at the very beginning. */
  #rest: Buffer = lineEnd;
  #state: ReaderState = 'preamble';
  #parts = 0;
  #partBytes = 0;
  #skipped = 0;

  constructor(boundary: string, limits: PartLimits) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#limits = limits;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** @throws MultipartError */
  *take(chunk: Buffer): Generator<MultipartEvent> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let goesOn = true; goesOn;) {
      const events = this.#step();
      goesOn = events !== null;
      yield* events ?? [];
    }
  }

  /** @returns `null`: more must come first */
  #step(): readonly MultipartEvent[] | null {
    switch (this.#state) {
      case 'preamble':
        return this.#skipPreamble();
      case 'delimiter':
        return this.#endDelimiter();
      case 'headers':
        return this.#readHeaders();
      case 'bytes':
        return this.#readBytes();
      case 'over':
        return null;
    }
  }

  #skipPreamble(): readonly MultipartEvent[] | null {
    const at = this.#rest.indexOf(this.#delimiter);
    if (at >= 0) {
      this.#goOn('delimiter', at + this.#delimiter.length);
      return [];
    }
    const skipped = Math.max(0, this.#rest.length - this.#delimiter.length);
    this.#skipped += skipped;
    if (this.#skipped > this.#limits.partHeaderBytes) throw new MultipartError('malformed', 'no boundary');
    this.#rest = this.#rest.subarray(skipped);
    return null;
  }

  /** Two hyphens close the body; else the line may end in blanks. */
  #endDelimiter(): readonly MultipartEvent[] | null {
    if (this.#rest.length < 2) return null;
    if (this.#rest.toString('latin1', 0, 2) === '--') {
      this.#goOn('over', 2);
      return [];
    }
    const end = this.#rest.indexOf(lineEnd);
    if (end < 0) {
      if (this.#rest.length > this.#limits.partHeaderBytes)
        throw new MultipartError('malformed', 'boundary line');
      return null;
    }
    if (this.#rest.toString('latin1', 0, end).trim() !== '')
      throw new MultipartError('malformed', 'boundary line');
    this.#parts += 1;
    if (this.#parts > this.#limits.parts) throw new MultipartError('too-large', 'parts');
    // The line's end stays: it may be half of the empty line that ends headers.
    this.#goOn('headers', end);
    return [];
  }

  #readHeaders(): readonly MultipartEvent[] | null {
    const end = this.#rest.indexOf(emptyLine);
    const length = end < 0 ? this.#rest.length : end;
    if (length > this.#limits.partHeaderBytes) throw new MultipartError('too-large', 'part headers');
    if (end < 0) return null;
    const headers = headersIn(this.#rest.toString('latin1', 0, end));
    this.#partBytes = 0;
    // An empty part's delimiter may begin with the last line end of its headers.
    this.#goOn('bytes', end + lineEnd.length);
    return [{ kind: 'part', headers }];
  }

  /** Up to the delimiter, and as long as it may still begin in what is there, no further. */
  #readBytes(): readonly MultipartEvent[] | null {
    const isFirst = this.#partBytes === 0;
    const at = this.#rest.indexOf(this.#delimiter);
    if (at >= 0) {
      const bytes = this.#taken(this.#rest.subarray(isFirst ? lineEnd.length : 0, at), isFirst);
      this.#goOn('delimiter', at + this.#delimiter.length);
      return [...bytes, { kind: 'part-end' }];
    }
    const sure = this.#rest.length - this.#delimiter.length + 1;
    const from = isFirst ? lineEnd.length : 0;
    if (sure <= from) return null;
    const bytes = this.#taken(this.#rest.subarray(from, sure), isFirst);
    this.#rest = this.#rest.subarray(sure);
    return bytes.length === 0 ? null : [...bytes];
  }

  #taken(bytes: Buffer, isFirst: boolean): readonly MultipartEvent[] {
    this.#partBytes += bytes.length + (isFirst ? lineEnd.length : 0);
    if (this.#partBytes > this.#limits.partBytes) throw new MultipartError('too-large', 'part');
    return bytes.length === 0 ? [] : [{ kind: 'bytes', bytes }];
  }

  #goOn(state: ReaderState, at: number): void {
    this.#state = state;
    this.#rest = this.#rest.subarray(at);
  }
}

/** Lower-case names (RFC 5322 §2.2); folded lines are unfolded. */
function headersIn(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}
