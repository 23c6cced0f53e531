import { describe, expect, it } from 'vitest';
import { noPolicies, type Policies } from '../../../electron/contract/policy.ts';
import { firewallHandlers } from '../../../electron/ipc/firewall-handlers.ts';
import type { FirewallTools } from '../../../electron/servers/index.ts';

const { signal } = new AbortController();

function handlers(policies: Policies = noPolicies) {
  const ran: string[] = [];
  const tools: FirewallTools = {
    look: (ports) =>
      Promise.resolve({
        state: 'blocked',
        tool: 'ufw',
        rule: null,
        ports,
        opening: { commands: [{ program: 'ufw', args: ['allow', `${ports[0]}/tcp`] }], isPermanent: true },
      }),
    rights: { platform: 'linux', isRoot: true, find: (program) => `/usr/sbin/${program}` },
    run: ({ args }) => {
      ran.push(args.join(' '));
      return Promise.resolve({ status: 0, stderr: '' });
    },
  };
  const servers = [{ listenPort: 4242 }, { listenPort: null }];
  const book = { list: () => ({ servers, policies }) as never };
  return { ran, ...firewallHandlers({ book, sharedPort: () => 11112, tools }) };
}

describe('the firewall', () => {
  it.each([11112, 4242])('is opened for a port that we listen on: %i', async (port) => {
    const { allow, ran } = handlers();

    await allow({ ports: [port], command: `ufw allow ${port}/tcp` }, signal);

    expect(ran).toEqual([`allow ${port}/tcp`]);
  });

  it('is opened for no other port', async () => {
    const { offer, allow, ran } = handlers();
    const refused = { failure: { step: 'input', field: 'ports' } };

    await expect(offer([22], signal)).rejects.toMatchObject(refused);
    await expect(allow({ ports: [22], command: 'ufw allow 22/tcp' }, signal)).rejects.toMatchObject(refused);
    expect(ran).toEqual([]);
  });

  it('is left alone where the administrator locks the listener', async () => {
    const place = { file: '/etc/gantry/servers.ini', line: 5 };
    const { offer, allow, ran } = handlers({ ...noPolicies, lock_listener: { value: true, place } });
    const refused = { failure: { step: 'policy', policy: 'lock_listener', ...place } };

    await expect(offer([11112], signal)).rejects.toMatchObject(refused);
    await expect(allow({ ports: [11112], command: 'ufw allow 11112/tcp' }, signal)).rejects.toMatchObject(
      refused,
    );
    expect(ran).toEqual([]);
  });
});
