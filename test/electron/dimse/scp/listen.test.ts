import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../electron/contract/failure.ts';
import {
  CommandField,
  SopClass,
  TransferSyntax,
  echo,
  listen,
  verificationScp,
} from '../../../../electron/dimse/index.ts';
import type {
  AssociationEvent,
  IncomingRequest,
  ListenOptions,
  Listener,
  Service,
} from '../../../../electron/dimse/index.ts';
import { associateWith } from '../../../support/associate-with.ts';
import { dataHeaderBytes, golden } from '../../../support/golden-pdus.ts';
import { RawConnection } from '../../../support/raw-connection.ts';
import { decodeAssociate, decodeCommand, encodeCommand, encodeData } from '../../../support/raw-pdu.ts';

const verification = [
  { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] },
];

function open(options: Partial<ListenOptions> = {}): Promise<Listener> {
  return listen({ host: '127.0.0.1', port: 0, services: [verificationScp()], ...options });
}

async function call(listener: Listener): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port: listener.port });
  await once(socket, 'connect');
  return new RawConnection(socket);
}

/** A connection that has said this and reads what is answered. */
async function callSaying(listener: Listener, bytes: Buffer): Promise<RawConnection> {
  const connection = await call(listener);
  await connection.write(bytes);
  return connection;
}

async function callAssociated(listener: Listener, request = golden.associateRq): Promise<RawConnection> {
  const connection = await callSaying(listener, request);
  expect((await connection.pdu())?.type).toBe(2);
  return connection;
}

/** `type:body` of everything said until the connection closed. */
async function restOf(connection: RawConnection): Promise<readonly string[]> {
  const said: string[] = [];
  for (let pdu = await connection.pdu(); pdu !== null; pdu = await connection.pdu()) {
    said.push(`${pdu.type}:${pdu.body.toString('hex')}`);
  }
  return said;
}

/** What is said in place of an A-ASSOCIATE-AC; a requestor that hears it hangs up. */
async function refusalOf(connection: RawConnection): Promise<string> {
  const pdu = await connection.pdu();
  connection.socket.end();
  return `${pdu?.type}:${pdu?.body.toString('hex')}`;
}

async function failing(host: string, port: number): Promise<unknown> {
  const error: unknown = await open({ host, port }).catch((thrown: unknown) => thrown);
  return error instanceof FailureError ? error.failure : error;
}

/** A part of a data set. */
function piece(text: string, last: boolean): Buffer {
  const [pdu] = encodeData(1, 'dataset', Buffer.from(text), 0);
  pdu![11] = last ? 2 : 0;
  return pdu!;
}

/** The golden request with another byte range. */
function changed(offset: number, bytes: string): Buffer {
  const request = Buffer.from(golden.associateRq);
  request.write(bytes, offset, 'hex');
  return request;
}

const abort = (source: number, reason: number): string => `7:0000${hex2(source)}${hex2(reason)}`;
const reject = (result: number, source: number, reason: number): string =>
  `3:00${hex2(result)}${hex2(source)}${hex2(reason)}`;
const hex2 = (value: number): string => value.toString(16).padStart(2, '0');

/** Serves C-ECHO as the test says. */
function serviceThat(onRequest: Service['onRequest']): Service {
  return {
    serves: (uid) => uid === SopClass.Verification,
    chooseTransferSyntax: ({ transferSyntaxUids }) => transferSyntaxUids[0] ?? null,
    onRequest,
  };
}

describe('listening', () => {
  it('is on the one address it was told', async () => {
    await using listener = await open();

    expect(listener.address).toBe('127.0.0.1');
    expect(listener.port).toBeGreaterThan(0);
    const elsewhere = connect({ host: '127.0.0.2', port: listener.port });
    await expect(once(elsewhere, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('fails with the reason when the port is taken, or the address is not ours', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    if (address === null || typeof address === 'string') throw new Error('no port');

    expect(await failing('127.0.0.1', address.port)).toEqual({
      step: 'listen',
      address: '127.0.0.1',
      port: address.port,
      cause: 'in-use',
    });
    expect(await failing('198.51.100.7', 0)).toMatchObject({ step: 'listen', cause: 'no-such-address' });
    taken.close();
  });

  it('stops by aborting whoever is there, and frees the port', async () => {
    const listener = await open();
    const connection = await callAssociated(listener);
    const silent = await call(listener);

    await listener.close();

    expect(await restOf(connection)).toEqual([abort(0, 0)]);
    expect(await restOf(silent)).toEqual([]);
    await using again = await open({ port: listener.port });
    expect(again.port).toBe(listener.port);
  });
});

describe('accepting an association', () => {
  it('answers the golden request of echoscu, echoes and releases', async () => {
    await using listener = await open();
    const connection = await callSaying(listener, golden.associateRq);

    const answer = decodeAssociate((await connection.pdu())!.body);
    expect(answer).toMatchObject({
      calledAeTitle: 'STORESCP',
      callingAeTitle: 'ECHOSCU',
      maximumLength: 131_072,
      contexts: [{ id: 1, result: 0, transferSyntaxUids: [TransferSyntax.ImplicitVrLittleEndian] }],
    });
    expect(listener.associations).toBe(1);
    await connection.write(golden.echoRq);
    expect((await connection.pdu())?.body.toString('hex')).toBe(golden.echoRsp.subarray(6).toString('hex'));
    await connection.write(golden.releaseRq);
    expect((await connection.pdu())?.type).toBe(6);
    connection.socket.end();
    await expect.poll(() => listener.associations).toBe(0);
  });

  it('takes it byte by byte', async () => {
    await using listener = await open();
    const connection = await call(listener);

    for (const byte of Buffer.concat([golden.associateRq, golden.echoRq, golden.releaseRq])) {
      await connection.write(Buffer.from([byte]));
    }

    expect((await connection.pdu())?.type).toBe(2);
    expect((await connection.pdu())?.type).toBe(4);
    expect((await connection.pdu())?.type).toBe(6);
    connection.socket.destroy();
  });

  it('serves our own requestor, with a thousand echoes on one association', async () => {
    await using listener = await open();
    await using association = await associateWith({ host: '127.0.0.1', port: listener.port }, verification);

    for (let round = 0; round < 1_000; round++) expect(await echo(association)).toBe(0);
  });

  it('refuses contexts by what is wrong with them, and ids may come in any order', async () => {
    await using listener = await open({
      services: [
        {
          ...serviceThat(() => null),
          chooseTransferSyntax: (o) =>
            o.transferSyntaxUids.includes('1.2.840.10008.1.2') ? '1.2.840.10008.1.2' : null,
        },
      ],
    });
    const contexts = [
      { abstractSyntaxUid: SopClass.CtImageStorage, transferSyntaxUids: ['1.2.840.10008.1.2'] },
      { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: ['1.2.840.10008.1.2.1'] },
      { abstractSyntaxUid: SopClass.Verification, transferSyntaxUids: ['1.2.840.10008.1.2'] },
    ];
    const association = await associateWith({ host: '127.0.0.1', port: listener.port }, contexts);

    const resultOf = (uid: string, syntax?: string) => {
      try {
        return association.context(uid, syntax).id;
      } catch (error) {
        return error instanceof FailureError && error.failure.step === 'negotiate'
          ? -error.failure.result
          : null;
      }
    };
    expect(resultOf(SopClass.CtImageStorage)).toBe(-3);
    expect(resultOf(SopClass.Verification, '1.2.840.10008.1.2.1')).toBe(-4);
    expect(resultOf(SopClass.Verification)).toBe(5);
    association.abort();
  });

  it('answers a role selection: they are SCU, we are SCP', async () => {
    await using listener = await open();
    const uid = Buffer.from(SopClass.Verification);
    const role = Buffer.concat([
      Buffer.from([0x54, 0, 0, uid.length + 4, 0, uid.length]),
      uid,
      Buffer.from([1, 1]),
    ]);
    const request = Buffer.concat([golden.associateRq, role]);
    request.writeUInt32BE(request.length - 6, 2);
    request.writeUInt16BE(0x3a + role.length, 6 + 68 + 25 + 50 + 2);

    const connection = await callSaying(listener, request);

    const body = (await connection.pdu())!.body.toString('hex');
    expect(body).toContain(`540000150011${uid.toString('hex')}0100`);
    connection.socket.destroy();
  });
});

describe('turning an association away', () => {
  it('is the policy of whoever listens', async () => {
    const asked: unknown[] = [];
    await using listener = await open({
      accept: (peer) => {
        asked.push(peer);
        return { result: 1, source: 1, reason: 7 };
      },
    });

    expect(await refusalOf(await callSaying(listener, golden.associateRq))).toBe(reject(1, 1, 7));
    expect(asked).toEqual([
      { callingAeTitle: 'ECHOSCU', calledAeTitle: 'STORESCP', remoteAddress: '127.0.0.1' },
    ]);
    expect(listener.associations).toBe(0);
  });

  it.each([
    ['another protocol version', changed(6, '0002'), reject(1, 2, 2)],
    ['another application context', changed(6 + 68 + 4, '39'), reject(1, 1, 2)],
    ['a Maximum Length of 6', changed(6 + 68 + 25 + 50 + 8, '00000006'), reject(1, 1, 1)],
    ['an even context id', changed(6 + 68 + 25 + 4, '02'), abort(2, 6)],
  ])('happens for %s', async (_what, request, said) => {
    await using listener = await open();

    expect(await refusalOf(await callSaying(listener, request))).toBe(said);
  });

  it('happens by A-ASSOCIATE-RJ when there are too many, here or from one address', async () => {
    for (const limits of [{ associations: 2 }, { associationsPerAddress: 2 }]) {
      await using listener = await open({ limits });
      const inside = [await callAssociated(listener), await callAssociated(listener)];

      expect(await refusalOf(await callSaying(listener, golden.associateRq))).toBe(reject(2, 3, 2));

      inside[0]!.socket.destroy();
      await expect.poll(() => listener.associations).toBe(1);
      const next = await callAssociated(listener);
      for (const connection of [inside[1]!, next]) connection.socket.destroy();
    }
  });

  it('happens by closing when there are too many connections', async () => {
    await using listener = await open({ limits: { connections: 3 } });
    const silent = [await call(listener), await call(listener), await call(listener)];

    expect(await restOf(await call(listener))).toEqual([]);

    for (const { socket } of silent) socket.destroy();
  });
});

describe('a peer that breaks the rules', () => {
  it.each([
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), abort(2, 1)],
    ['speaks TLS', Buffer.from('16030100c8010000c4', 'hex'), abort(2, 1)],
    ['announces four gigabytes', Buffer.from('0100ffffffff', 'hex'), abort(2, 6)],
    ['begins with data', golden.echoRq, abort(2, 2)],
    ['begins with a release', golden.releaseRq, abort(2, 2)],
    ['begins with an A-ASSOCIATE-AC', golden.associateAc, abort(2, 2)],
  ])('and %s is told so and gone within a second', async (_what, bytes, said) => {
    await using listener = await open();
    const started = performance.now();

    const connection = half(await callSaying(listener, bytes));

    expect(await restOf(connection)).toEqual([said]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('and begins with an A-ABORT is just gone', async () => {
    await using listener = await open();

    expect(await restOf(await callSaying(listener, golden.abort))).toEqual([]);
  });

  it.each([
    ['associates again', golden.associateRq, abort(2, 2)],
    ['sends a response', golden.echoRsp, abort(2, 5)],
    [
      'uses a context nobody accepted',
      Buffer.concat(encodeData(3, 'command', golden.echoRq.subarray(12), 0)),
      abort(2, 5),
    ],
    ['sends a data set first', Buffer.concat(encodeData(1, 'dataset', Buffer.from('x'), 0)), abort(2, 5)],
    ['sends no command set', Buffer.concat(encodeData(1, 'command', Buffer.from('what?'), 0)), abort(2, 6)],
    [
      'sends a command of 17 kB',
      Buffer.concat(encodeData(1, 'command', Buffer.alloc(17_000), 0)),
      abort(2, 6),
    ],
    ['sends a PDU longer than we take', Buffer.from('040000020007', 'hex'), abort(2, 6)],
  ])('and %s is aborted', async (_what, bytes, said) => {
    await using listener = await open();
    const connection = await callAssociated(listener);

    await connection.write(bytes);

    expect(await restOf(half(connection))).toEqual([said]);
    await expect.poll(() => listener.associations).toBe(0);
  });

  it('and closes, resets or aborts leaves nothing behind', async () => {
    const leave: readonly ((socket: Socket) => void)[] = [
      (socket) => socket.end(),
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end(golden.abort),
      (socket) => socket.end(golden.echoRq.subarray(0, 20)),
    ];
    await using listener = await open();

    for (const go of leave) {
      const connection = await callAssociated(listener);
      go(connection.socket);
      await expect.poll(() => listener.associations).toBe(0);
    }
  });

  it('and keeps us waiting loses its socket: for the request, in silence, in a trickle, after our last word', async () => {
    const limits = { artimMs: 150, idleMs: 150, slowMs: 150, slowBytes: 1_000 };
    await using listener = await open({ limits });
    const silent = await call(listener);
    const partial = await callSaying(listener, golden.associateRq.subarray(0, 50));
    const idle = await callAssociated(listener);
    const lingering = await callAssociated(listener);
    await lingering.write(golden.releaseRq);

    const slow = await callAssociated(listener);
    const trickle = setInterval(() => slow.socket.write(Buffer.alloc(1)), 20);
    await slow.write(Buffer.from('04000000ffff0000fffb0101', 'hex'));

    expect(await restOf(silent)).toEqual([]);
    expect(await restOf(partial)).toEqual([]);
    expect(await restOf(idle)).toEqual([abort(0, 0)]);
    expect(await restOf(lingering)).toEqual(['6:00000000']);
    expect(await restOf(slow)).toEqual([]);
    clearInterval(trickle);
    await expect.poll(() => listener.associations).toBe(0);
  });

  it('and asks without ever reading stops being read', async () => {
    let asked = 0;
    await using listener = await open({
      services: [
        serviceThat((request) => {
          asked++;
          request.respond({ errorComment: 'x'.repeat(64) });
          return null;
        }),
      ],
      limits: { idleMs: 500 },
    });
    const connection = await callAssociated(listener);
    connection.socket.pause();
    const many = Buffer.concat(Array.from({ length: 5_000 }, () => golden.echoRq));

    const closed = new Promise((resolve) => connection.socket.once('close', resolve));
    const flood = setInterval(
      () => connection.socket.writableLength < 1_000_000 && connection.socket.write(many),
      1,
    );
    await closed;
    clearInterval(flood);

    // What fits into the buffers of two sockets and ours is answered, and no more.
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(200_000);
    await expect.poll(() => listener.associations).toBe(0);
  });
});

describe('a service', () => {
  it('that throws aborts its association, is told of, and disturbs nobody else', async () => {
    const events: AssociationEvent[] = [];
    let calls = 0;
    await using listener = await open({
      observe: (event) => events.push(event),
      services: [
        serviceThat((request) => {
          calls++;
          if (calls === 1) throw new Error('a bug of ours');
          request.respond({});
          return null;
        }),
      ],
    });
    const unlucky = await callAssociated(listener);
    const other = await callAssociated(listener);

    await unlucky.write(golden.echoRq);
    expect(await restOf(half(unlucky))).toEqual([abort(0, 0)]);
    await other.write(golden.echoRq);

    expect((await other.pdu())?.type).toBe(4);
    expect(events.filter(({ kind }) => kind === 'service-threw')).toHaveLength(1);
    other.socket.destroy();
  });

  it('is not disturbed by an observer that throws', async () => {
    await using listener = await open({
      observe: () => {
        throw new Error('a bad observer');
      },
    });
    const connection = await callAssociated(listener);

    await connection.write(golden.echoRq);

    expect((await connection.pdu())?.type).toBe(4);
    connection.socket.destroy();
  });

  it('gets eight requests ahead of its answers, then the rest as it answers', async () => {
    const waiting: IncomingRequest[] = [];
    await using listener = await open({
      services: [
        serviceThat((request) => {
          waiting.push(request);
          return null;
        }),
      ],
    });
    const connection = await callAssociated(listener);
    const count = 30;
    await connection.write(
      Buffer.concat(
        Array.from({ length: count }, (_, index) =>
          Buffer.concat(
            encodeData(1, 'command', encodeCommand({ 0x100: 0x30, 0x110: index + 1, 0x800: 0x101 }), 0),
          ),
        ),
      ),
    );

    await expect.poll(() => waiting.length).toBe(8);
    for (let answered = 0; answered < count; answered++) {
      expect(waiting.length).toBeLessThanOrEqual(answered + 8);
      waiting[answered]!.respond({});
      const response = await connection.message();
      expect(response?.command[0x120]).toBe(answered + 1);
    }
    connection.socket.destroy();
  });

  it('streams a data set piece by piece, can pause it, and hears when it will not be whole', async () => {
    const heard: string[] = [];
    let current: IncomingRequest | null = null;
    await using listener = await open({
      services: [
        serviceThat((request) => {
          current = request;
          return {
            write: (chunk) => heard.push(chunk.toString()),
            end: () => {
              heard.push('end');
              request.respond({ status: 0xb000 });
            },
            abort: () => heard.push('abort'),
          };
        }),
      ],
    });
    const connection = await callAssociated(listener);
    const request = encodeCommand({ 0x100: 0x0001, 0x110: 9, 0x800: 1, 0x1000: '1.2.3' });
    const [command] = encodeData(1, 'command', request, 0);
    await connection.write(Buffer.concat([command!, piece('one', false)]));
    await expect.poll(() => heard).toEqual(['one']);
    current!.pauseReading();
    await connection.write(piece('two', true));
    await connection.write(Buffer.concat([command!, piece('three', false)]));
    expect(heard).toEqual(['one']);
    current!.resumeReading();
    const response = await connection.message();
    await expect.poll(() => heard).toEqual(['one', 'two', 'end', 'three']);
    connection.socket.resetAndDestroy();

    expect(response?.command).toMatchObject({
      0x100: 0x8001,
      0x120: 9,
      0x800: 0x101,
      0x900: 0xb000,
      0x1000: '1.2.3',
    });
    await expect.poll(() => heard.at(-1)).toBe('abort');
  });

  it('answers a command it does not know, and nothing after the end', async () => {
    let kept: IncomingRequest | null = null;
    const scp = verificationScp();
    await using listener = await open({
      services: [
        {
          ...scp,
          onRequest: (request) => {
            kept = request;
            return scp.onRequest(request);
          },
        },
      ],
    });
    const connection = await callAssociated(listener);
    const unknown = encodeCommand({ 0x100: CommandField.CFindRq, 0x110: 4, 0x800: 0x101 });

    await connection.write(Buffer.concat(encodeData(1, 'command', unknown, 0)));
    const response = await connection.message();

    expect(response?.command).toMatchObject({ 0x100: 0x8020, 0x120: 4, 0x900: 0x0211 });
    expect(() => kept!.respond({})).toThrow('final response');
    connection.socket.destroy();
    await expect.poll(() => listener.associations).toBe(0);
    expect(() => kept!.respond({})).not.toThrow();
  });

  it('is told nothing of a C-CANCEL-RQ that comes too late', async () => {
    let calls = 0;
    await using listener = await open({
      services: [
        serviceThat((request) => {
          calls++;
          request.respond({});
          return null;
        }),
      ],
    });
    const connection = await callAssociated(listener);
    const cancel = encodeCommand({ 0x100: 0x0fff, 0x120: 1, 0x800: 0x101 });

    await connection.write(Buffer.concat([...encodeData(1, 'command', cancel, 0), golden.echoRq]));

    const answer = (await connection.pdu())!;
    expect(decodeCommand(answer.body.subarray(dataHeaderBytes - 6))[0x100]).toBe(0x8030);
    expect(calls).toBe(1);
    connection.socket.destroy();
  });
});

/** A well-behaved end of it: closes when the other side has closed its half. */
function half(connection: RawConnection): RawConnection {
  connection.socket.once('end', () => connection.socket.end());
  return connection;
}
