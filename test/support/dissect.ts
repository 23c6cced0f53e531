import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';
import { writeTraffic, type Piece } from './traffic-file.ts';

/** What Wireshark's DICOM dissector says of the PDUs that end in one packet; several values are in order. */
export interface Dissected {
  readonly isOurs: boolean;
  readonly pduTypes: readonly number[];
  readonly pduLengths: readonly number[];
  readonly maximumLengths: readonly number[];
  readonly implementationUids: readonly string[];
  readonly contextIds: readonly number[];
  readonly transferSyntaxUids: readonly string[];
  readonly userIdentity: boolean;
  /** "Malformed packet", and whatever else it would mark: empty where all is well. */
  readonly complaints: readonly string[];
}

const fields = [
  'tcp.srcport',
  'dicom.pdu.type',
  'dicom.pdu.len',
  'dicom.max_pdu_len',
  'dicom.userinfo.uid',
  'dicom.pdv.ctx',
  'dicom.pctx.xfer.syntax',
  'dicom.userinfo.user_identify.type',
  '_ws.malformed',
  '_ws.expert.message',
] as const;

/** Has tshark read what went over a port. `we` are who called, or who was. */
export async function dissect(
  pieces: readonly Piece[],
  port: number,
  we: Piece['from'],
): Promise<readonly Dissected[]> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'traffic.pcap');
  await writeTraffic(file, pieces, port);
  const { stdout } = await promisify(execFile)(
    'tshark',
    [
      ...['-r', file, '-d', `tcp.port==${port},dicom`, '-Y', 'dicom', '-T', 'fields'],
      ...['-E', 'separator=/t', '-E', 'occurrence=a', '-E', 'aggregator=;'],
      ...fields.flatMap((field) => ['-e', field]),
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [source, types, lengths, maxima, uids, contexts, syntaxes, identity, malformed, expert] = line
        .split('\t')
        .map((cell) => cell.split(';').filter((value) => value !== ''));
      return {
        isOurs: (Number(source?.[0]) === port) === (we === 'called'),
        pduTypes: numbers(types),
        pduLengths: numbers(lengths),
        maximumLengths: numbers(maxima),
        implementationUids: (uids ?? []).map((uid) => uid.replace(/\0+$/, '')),
        contextIds: numbers(contexts),
        transferSyntaxUids: syntaxes ?? [],
        userIdentity: (identity ?? []).length > 0,
        complaints: [...(malformed ?? []), ...(expert ?? [])],
      };
    });
}

function numbers(cells: readonly string[] | undefined): readonly number[] {
  return (cells ?? []).map(Number);
}
