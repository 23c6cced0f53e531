/**
 * The text of an INI file: UTF-16 where a byte order mark says so, else UTF-8 with or without one.
 * Bytes that are not UTF-8 become U+FFFD, which the reader then reports line by line.
 */
export function decodeIni(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
