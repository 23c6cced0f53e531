import { describe, expect, it } from 'vitest';
import { boundaryOf, MultipartError, readMultipart } from '../../../electron/dicomweb/read-multipart.ts';

const limits = { partHeaderBytes: 1024, partBytes: 1_000_000, parts: 100 };

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: string;
}

async function* inPieces(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

async function partsOf(
  body: Buffer | AsyncIterable<Buffer>,
  boundary = 'b',
  more = limits,
): Promise<readonly Part[]> {
  const parts: { headers: Record<string, string>; bytes: Buffer[] }[] = [];
  const source = Buffer.isBuffer(body) ? inPieces(body, body.length) : body;
  for await (const event of readMultipart(source, boundary, more)) {
    if (event.kind === 'part') parts.push({ headers: Object.fromEntries(event.headers), bytes: [] });
    if (event.kind === 'bytes') parts.at(-1)!.bytes.push(Buffer.from(event.bytes));
  }
  return parts.map(({ headers, bytes }) => ({ headers, bytes: Buffer.concat(bytes).toString('latin1') }));
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof MultipartError) return thrown.reason;
    throw thrown;
  }
  return 'none';
}

/** Hyphens and line ends that are nearly a boundary stand in it. */
const tricky = 'A\r\n--\r\n--c\r\n-\r\n\r\n--B\r';
const body = Buffer.from(
  `a preamble\r\n--b \r\nContent-Type: application/dicom\r\nContent-Length: 3\r\n\r\n${tricky}` +
    '\r\n--b\r\n\r\n' +
    '\r\n--b\r\nX-Folded: one\r\n two\r\n\r\nC' +
    '\r\n--b--\r\nan epilogue',
  'latin1',
);
const parts = [
  { headers: { 'content-type': 'application/dicom', 'content-length': '3' }, bytes: tricky },
  { headers: {}, bytes: '' },
  { headers: { 'x-folded': 'one two' }, bytes: 'C' },
];

describe('a multipart body', () => {
  it('comes apart the same way, wherever it is cut', async () => {
    expect(await partsOf(body)).toEqual(parts);
    for (let size = 1; size <= body.length; size += 1) {
      expect(await partsOf(inPieces(body, size))).toEqual(parts);
    }
  });

  it('may begin with its boundary', async () => {
    expect(await partsOf(Buffer.from('--b\r\n\r\nA\r\n--b--'))).toEqual([{ headers: {}, bytes: 'A' }]);
  });

  it('is not held back: bytes come out before the part has ended', async () => {
    let heard = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('--b\r\n\r\n');
      yield Buffer.alloc(1_000, 1);
      expect(heard).toBeGreaterThan(0);
      yield Buffer.from('\r\n--b--');
    }

    for await (const event of readMultipart(endless(), 'b', limits)) {
      if (event.kind === 'bytes') heard += event.bytes.length;
    }
    expect(heard).toBe(1_000);
  });

  it('that ends before its closing line was interrupted, wherever that is', async () => {
    const closing = body.indexOf('\r\n--b--') + '\r\n--b--'.length;
    for (let length = 0; length < closing; length += 1) {
      expect(await reasonOf(partsOf(inPieces(body.subarray(0, length), 7)))).toBe('interrupted');
    }
  });

  it('is given up beyond its limits', async () => {
    const withLimits = (more: Partial<typeof limits>): Promise<string> =>
      reasonOf(partsOf(body, 'b', { ...limits, ...more }));

    expect(await withLimits({ parts: 2 })).toBe('too-large');
    expect(await withLimits({ partBytes: tricky.length - 1 })).toBe('too-large');
    expect(await withLimits({ partHeaderBytes: 20 })).toBe('too-large');
    expect(await withLimits({})).toBe('none');
  });

  it('without a boundary, or with a line that only begins like it, is no multipart', async () => {
    expect(await reasonOf(partsOf(Buffer.alloc(10_000, 65)))).toBe('malformed');
    expect(await reasonOf(partsOf(Buffer.from('--bother\r\n\r\nA\r\n--b--')))).toBe('malformed');
  });
});

describe('the boundary', () => {
  it.each([
    ['multipart/related; type="application/dicom"; boundary=abc', 'abc'],
    ['Multipart/Related;boundary="a b;c";type=application/dicom', 'a b;c'],
    ['multipart/related; type="application/dicom"', null],
    ['multipart/mixed; boundary=abc', null],
    ['application/dicom', null],
    ['', null],
    [`multipart/related; boundary=${'x'.repeat(300)}`, null],
  ])('of %s', (contentType, boundary) => {
    expect(boundaryOf(contentType)).toBe(boundary);
  });
});
