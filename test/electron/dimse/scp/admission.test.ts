import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen, verificationScp } from '../../../../electron/dimse/index.ts';
import type { ListenOptions } from '../../../../electron/dimse/index.ts';
import { golden } from '../../../support/golden-pdus.ts';
import { RawConnection } from '../../../support/raw-connection.ts';

/** What a policy of whom to let in may look like: by address, by calling and by called AE title. */
const policy: NonNullable<ListenOptions['accept']> = ({ callingAeTitle, calledAeTitle, remoteAddress }) => {
  if (remoteAddress !== '127.0.0.1') return { result: 1, source: 1, reason: 1 };
  if (calledAeTitle !== 'GANTRY') return { result: 1, source: 1, reason: 7 };
  return callingAeTitle === 'CT1' ? null : { result: 1, source: 1, reason: 3 };
};

/** As they stand in the sixteen bytes, and whether they are the one that is meant. */
const callingTitles = [
  ['CT1             ', true],
  ['   CT1          ', true],
  ['CT1\0\0\0\0\0\0\0\0\0\0\0\0\0', true],
  ['ct1             ', false],
  ['                ', false],
] as const;
const calledTitles = [
  ['GANTRY          ', true],
  ['          GANTRY', true],
  ['gantry          ', false],
  ['GANTRY2         ', false],
] as const;
const addresses = [
  ['127.0.0.1', true],
  ['127.0.0.2', false],
] as const;

const combinations = addresses.flatMap(([address, isKnown]) =>
  calledTitles.flatMap(([called, isOurs]) =>
    callingTitles.map(([calling, isListed]) => {
      const rejection = !isKnown ? '00010101' : !isOurs ? '00010107' : !isListed ? '00010103' : null;
      return { address, called, calling, rejection };
    }),
  ),
);

describe('who is let in', () => {
  it('is forty combinations of addresses and AE titles', () => {
    expect(combinations).toHaveLength(40);
    expect(combinations.filter(({ rejection }) => rejection === null)).toHaveLength(6);
  });

  it.each(combinations)(
    'from $address, "$calling" calling "$called": $rejection',
    async ({ address, called, calling, rejection }) => {
      const asked: string[] = [];
      const scp = verificationScp();
      await using listener = await listen({
        host: '127.0.0.1',
        port: 0,
        accept: policy,
        services: [
          {
            ...scp,
            serves: (uid) => {
              asked.push(uid);
              return scp.serves(uid);
            },
          },
        ],
      });
      const request = Buffer.from(golden.associateRq);
      request.write(called, 10, 'latin1');
      request.write(calling, 26, 'latin1');
      const socket = connect({ host: '127.0.0.1', port: listener.port, localAddress: address });
      await once(socket, 'connect');
      const connection = new RawConnection(socket);

      await connection.write(request);
      const answer = await connection.pdu();

      // Who is turned away was not looked into, and takes no place.
      const body = answer?.type === 3 ? answer.body.toString('hex') : '';
      expect({ type: answer?.type, body, asked: asked.length, inside: listener.associations }).toEqual(
        rejection === null
          ? { type: 2, body: '', asked: 1, inside: 1 }
          : { type: 3, body: rejection, asked: 0, inside: 0 },
      );
      socket.destroy();
    },
  );
});
