import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { everyAction } from '../../../electron/contract/action.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { serverDraft, ServerId, type Server } from '../../../electron/contract/server.ts';
import { portClashes } from '../../../electron/servers/index.ts';

function server(id: string, port: number, listenPort: number | null): Server {
  return {
    ...serverDraft({
      name: id.toUpperCase(),
      aeTitle: id,
      host: 'h.example',
      port,
      listenPort,
      preferredCompression: 'as-stored',
      description: '',
      tls: false,
      verifyCertificate: true,
    }),
    id: ServerId.parse(id),
    origin: { kind: 'user' },
    actions: everyAction,
  };
}

const users = {
  servers: [server('a', 104, null), server('b', 4242, 104), server('c', 11112, null)],
  sharedPort: 11112,
  tryPort: async (): Promise<Failure | null> => null,
  platform: process.platform,
};
const a = ServerId.parse('a');

describe('who else uses a listen port', () => {
  it('is each other server with that port of its own, or with that number for want of one', async () => {
    expect(await portClashes({ id: a, port: 104 }, users)).toEqual([{ kind: 'server', id: 'b', name: 'B' }]);
    expect(await portClashes({ id: null, port: 104 }, users)).toEqual([
      { kind: 'server', id: 'a', name: 'A' },
      { kind: 'server', id: 'b', name: 'B' },
    ]);
    expect(await portClashes({ id: null, port: 4242 }, users)).toEqual([]);
  });

  it('is our shared listener, which is not tried', async () => {
    const tryPort = (): never => {
      throw new Error('nobody should have tried');
    };

    expect(await portClashes({ id: null, port: 11112 }, { ...users, tryPort })).toEqual([
      { kind: 'server', id: 'c', name: 'C' },
      { kind: 'shared' },
    ]);
  });

  it.runIf(process.platform === 'linux')('is another program, by its name', async () => {
    await using other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const failure = { step: 'listen', address: '127.0.0.1', port, cause: 'in-use' } as const;

    const [clash] = await portClashes({ id: null, port }, { ...users, tryPort: async () => failure });

    expect(clash).toEqual({ kind: 'taken', failure, program: expect.stringMatching(/\w/) });
  });

  it('is nobody where the system forbids the port', async () => {
    const failure = { step: 'listen', address: '127.0.0.1', port: 80, cause: 'denied' } as const;

    expect(await portClashes({ id: null, port: 80 }, { ...users, tryPort: async () => failure })).toEqual([
      { kind: 'taken', failure, program: null },
    ]);
  });
});
