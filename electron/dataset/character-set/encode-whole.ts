import iconv from 'iconv-lite';
import type { Encoded } from './encoded.ts';

/** Encodes text in an encoding that has no code extensions: UTF-8, GB 18030 or GBK. */
export function encodeWhole(text: string, encoding: string): Encoded {
  const codes: Buffer[] = [];
  for (const character of text) {
    const code = iconv.encode(character, encoding);
    // Code page 936 has its euro at 80H, GBK none.
    const isForeign = encoding === 'gbk' && code[0] === 0x80;
    if (isForeign || iconv.decode(code, encoding, { stripBOM: false }) !== character)
      return { kind: 'refused', character };
    codes.push(code);
  }
  return { kind: 'encoded', bytes: Buffer.concat(codes) };
}
