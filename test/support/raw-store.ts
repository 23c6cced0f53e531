import type { Listener } from '../../electron/dimse/index.ts';
import { buildDataset } from './build-dataset.ts';
import { rawAssociate, type RawConnection } from './raw-connection.ts';
import type { RawAssociate, RawCommand } from './raw-pdu.ts';

/** Sends objects by C-STORE on its own bytes: what a storage SCP of ours is tested with. */
export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
export const explicitVr = '1.2.840.10008.1.2.1';

export interface RawSender {
  readonly connection: RawConnection;
  readonly accepted: RawAssociate;
}

/** Associates; each context is a SOP class and the transfer syntaxes it is proposed in. */
export async function associateToStore(
  listener: Listener,
  {
    callingAeTitle = 'SENDER',
    contexts = [[ctImageStorage, explicitVr]] as readonly (readonly string[])[],
  } = {},
): Promise<RawSender> {
  return await rawAssociate(
    { host: '127.0.0.1', port: listener.port },
    {
      calledAeTitle: 'GANTRY',
      callingAeTitle,
      maximumLength: 16_384,
      contexts: contexts.map(([abstractSyntaxUid, ...transferSyntaxUids], index) => ({
        id: index * 2 + 1,
        abstractSyntaxUid: abstractSyntaxUid!,
        transferSyntaxUids,
        result: 0,
      })),
    },
  );
}

export function ctObject(sopInstanceUid: string, pixelBytes = 50_000): Buffer {
  return buildDataset([
    ['00080016', 'UI', ctImageStorage],
    ['00080018', 'UI', sopInstanceUid],
    ['00100010', 'PN', 'DOE^JANE'],
    ['0020000D', 'UI', '1.2.3'],
    ['0020000E', 'UI', '1.2.3.1'],
    ['7FE00010', 'OW', Buffer.alloc(pixelBytes, 7)],
  ]);
}

export function storeRequest(sopInstanceUid: string, more: RawCommand = {}): RawCommand {
  return { 0x2: ctImageStorage, 0x100: 1, 0x110: 7, 0x700: 0, 0x800: 1, 0x1000: sopInstanceUid, ...more };
}

/** Sends one and answers the response to it. */
export async function sendObject(
  connection: RawConnection,
  command: RawCommand,
  dataset: Buffer,
): Promise<RawCommand> {
  await connection.send(1, { command, dataset }, 131_072);
  const response = await connection.message();
  if (response === null) throw new Error(`no response, but PDU type ${connection.last?.type ?? 'none'}`);
  return response.command;
}
