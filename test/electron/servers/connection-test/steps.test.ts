import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkOurSide } from '../../../../electron/servers/connection-test/check-our-side.ts';
import { probeTcp } from '../../../../electron/servers/connection-test/probe-tcp.ts';
import { addressesIn, resolveName } from '../../../../electron/servers/connection-test/resolve-name.ts';
import { ourSideAt } from '../../../support/connection-testing.ts';
import { freePort } from '../../../support/peers/index.ts';

const never = new AbortController().signal;
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((each) => each?.address === '::1');

async function listenAt(host: string): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((socket) => void socket.resume().on('error', () => {}));
  server.listen({ host, port: 0, ipv6Only: host === '::1' });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the name', () => {
  it('is looked up by both kinds of record, each with its time', async () => {
    const { lookups } = await resolveName('localhost', 5_000, never);

    expect(lookups.map(({ record }) => record)).toEqual(['A', 'AAAA']);
    expect(lookups.flatMap(({ addresses }) => addresses)).toContain('127.0.0.1');
    expect(lookups.every(({ ms }) => ms >= 0)).toBe(true);
  });

  it.each(['10.0.4.12', 'fe80::1%eth0', '::1'])('that is an address stands for itself: %s', async (host) => {
    const facts = await resolveName(host, 5_000, never);

    expect(facts.lookups).toEqual([{ record: 'address', addresses: [host], ms: 0 }]);
    expect(addressesIn(facts)).toEqual([host]);
  });

  it('that nobody has is a failure', async () => {
    await expect(resolveName('no-such-host.invalid', 5_000, never)).rejects.toMatchObject({
      failure: { step: 'resolve', host: 'no-such-host.invalid' },
    });
  });
});

describe('TCP', () => {
  it('is tried four times, each with its time', async () => {
    await using peer = await listenAt('127.0.0.1');

    const { facts } = await probeTcp({ host: 'x', port: peer.port }, ['127.0.0.1'], 2_000, never);

    expect(facts).toMatchObject({
      race: [{ address: '127.0.0.1', outcome: 'open', ms: expect.any(Number) }],
      again: [{ outcome: 'open' }, { outcome: 'open' }, { outcome: 'open' }],
      address: '127.0.0.1',
      localAddress: '127.0.0.1',
    });
  });

  it.skipIf(!hasIpv6)('finds a peer that is there by IPv6 only, and says which address is dead', async () => {
    await using peer = await listenAt('::1');

    const { value, findings } = await probeTcp(
      { host: 'pacs.example', port: peer.port },
      ['127.0.0.1', '::1'],
      2_000,
      never,
    );

    expect(value).toMatchObject({ address: '::1', localAddress: '::1' });
    expect(value.race).toMatchObject([
      { address: '127.0.0.1', outcome: 'refused' },
      { address: '::1', outcome: 'open' },
    ]);
    expect(findings).toEqual([{ kind: 'addresses-failed', addresses: ['127.0.0.1'] }]);
  });

  it('names the most telling cause of all addresses, and keeps what each said', async () => {
    const port = await freePort();

    await expect(probeTcp({ host: 'pacs.example', port }, ['127.0.0.1'], 2_000, never)).rejects.toMatchObject(
      {
        failure: { step: 'connect', host: 'pacs.example', port, cause: 'refused' },
        facts: { race: [{ address: '127.0.0.1', outcome: 'refused' }], address: '' },
      },
    );
  });
});

describe('our side', () => {
  const question = { ourAeTitle: 'GANTRY', listenPort: null, serverAddress: null, lastLocalAddress: null };

  it('is in order where the listener is bound, and the firewall is not asked about the same computer', async () => {
    await using ours = await ourSideAt();

    const { facts, findings } = await checkOurSide({ ...question, ours, localAddress: '127.0.0.1' }, never);

    expect(facts).toMatchObject({ listener: { address: '127.0.0.1' }, firewall: { state: 'not-needed' } });
    expect(findings).toEqual([]);
  });

  it('says when nobody else can reach the address that is listened at', async () => {
    await using ours = await ourSideAt();

    const { findings } = await checkOurSide({ ...question, ours, localAddress: '10.4.0.12' }, never);

    expect(findings).toContainEqual({
      kind: 'listens-here-only',
      address: '127.0.0.1',
      localAddress: '10.4.0.12',
    });
  });

  it('names the port that the firewall blocks, by which rule of which tool, and what opens it', async () => {
    await using bound = await ourSideAt();
    const asked = { ...question, localAddress: '10.4.0.12', listenPort: await freePort() };
    const { listenPort } = asked;
    const seen = {
      tool: 'ufw',
      rule: 'Default: deny (incoming)',
      ports: [listenPort],
      command: `ufw allow ${listenPort}/tcp`,
    };
    const checkFirewall = () => Promise.resolve({ state: 'blocked', ...seen } as const);

    const { findings } = await checkOurSide({ ...asked, ours: { ...bound, checkFirewall } }, never);

    expect(findings).toContainEqual({ kind: 'firewall-blocks', ...seen });
  });

  it('goes on with a warning where only the shared port is missing', async () => {
    await using taken = await listenAt('127.0.0.1');
    await using ours = await ourSideAt(taken.port);
    const asked = { ...question, ours, localAddress: '127.0.0.1' };

    const { findings } = await checkOurSide({ ...asked, listenPort: await freePort() }, never);

    expect(findings).toMatchObject([{ kind: 'shared-port-missing', failure: { cause: 'in-use' } }]);
    await expect(checkOurSide(asked, never)).rejects.toMatchObject({
      failure: { step: 'listen', cause: 'in-use', port: taken.port },
    });
  });

  it('knows our address on the way there even where nobody answered', async () => {
    await using ours = await ourSideAt();

    const { facts } = await checkOurSide(
      { ...question, ours, localAddress: null, serverAddress: '127.0.0.9' },
      never,
    );

    expect(facts).toMatchObject({ localAddress: expect.stringMatching(/^127\./) });
  });
});
