import { writeFile } from 'node:fs/promises';

/** One piece of what went over a connection. */
export interface Piece {
  /** Counts the connections from 0. */
  readonly connection: number;
  readonly from: 'caller' | 'called';
  readonly bytes: Buffer;
}

const callerPort = 40_000;
/** What fits into an IPv4 packet with both headers. */
const segmentBytes = 60_000;

/**
 * Writes what went over TCP as a capture file (libpcap, link type "raw IP"), for dissectors to read:
 * packets as they might have been, for the same bytes in the same order.
 */
export async function writeTraffic(path: string, pieces: readonly Piece[], port: number): Promise<void> {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(0x40000, 16);
  header.writeUInt32LE(101, 20);
  const sent = new Map<string, number>();
  const packets = pieces.flatMap((piece) =>
    segments(piece.bytes).flatMap((bytes) => {
      const key = `${piece.connection} ${piece.from}`;
      const other = `${piece.connection} ${piece.from === 'caller' ? 'called' : 'caller'}`;
      const sequence = sent.get(key) ?? 0;
      sent.set(key, sequence + bytes.length);
      const callerEnd = callerPort + piece.connection;
      const [source, target] = piece.from === 'caller' ? [callerEnd, port] : [port, callerEnd];
      return packet({ source, target, sequence, acknowledged: sent.get(other) ?? 0 }, bytes);
    }),
  );
  await writeFile(path, Buffer.concat([header, ...packets]));
}

function segments(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / segmentBytes);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * segmentBytes, (at + 1) * segmentBytes));
}

interface TcpHeader {
  readonly source: number;
  readonly target: number;
  readonly sequence: number;
  readonly acknowledged: number;
}

function packet(tcp: TcpHeader, bytes: Buffer): Buffer[] {
  const headers = Buffer.alloc(16 + 20 + 20);
  headers.writeUInt32LE(40 + bytes.length, 8);
  headers.writeUInt32LE(40 + bytes.length, 12);
  const ip = headers.subarray(16);
  ip[0] = 0x45;
  ip.writeUInt16BE(40 + bytes.length, 2);
  ip[8] = 64;
  ip[9] = 6;
  ip.writeUInt32BE(0x7f000001, 12);
  ip.writeUInt32BE(0x7f000001, 16);
  const header = ip.subarray(20);
  header.writeUInt16BE(tcp.source, 0);
  header.writeUInt16BE(tcp.target, 2);
  header.writeUInt32BE(1 + tcp.sequence, 4);
  header.writeUInt32BE(1 + tcp.acknowledged, 8);
  header[12] = 5 << 4;
  header[13] = 0x18;
  header.writeUInt16BE(0xffff, 14);
  return [headers, bytes];
}
