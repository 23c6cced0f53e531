import { describe, expect, it } from 'vitest';
import type { FailureError } from '../../../../electron/contract/failure.ts';
import { elevate, type Rights } from '../../../../electron/servers/connection-test/firewall/elevate.ts';
import type { Command, Look } from '../../../../electron/servers/connection-test/firewall/look.ts';
import {
  offerOpening,
  openPorts,
  type FirewallTools,
} from '../../../../electron/servers/connection-test/firewall/open-ports.ts';
import {
  outcomeOf,
  runCommand,
  type Ended,
} from '../../../../electron/servers/connection-test/firewall/run-command.ts';

const never = new AbortController().signal;

const shut: Look = {
  state: 'blocked',
  tool: 'ufw',
  rule: 'Default: deny (incoming)',
  ports: [11112],
  opening: { commands: [{ program: 'ufw', args: ['allow', '11112/tcp'] }], isPermanent: true },
};
const open: Look = { state: 'allowed', tool: 'ufw', rule: null, ports: [], opening: null };

const rights = (changes: Partial<Rights> = {}): Rights => ({
  platform: 'linux',
  isRoot: false,
  find: (program) => `/usr/bin/${program}`,
  ...changes,
});

/** A firewall whose port is shut until something is run. */
function firewall(changes: Partial<FirewallTools> = {}, ended: Ended = { status: 0, stderr: '' }) {
  const ran: Command[] = [];
  const tools: FirewallTools = {
    look: () => Promise.resolve(ran.length === 0 || ended.status !== 0 ? shut : open),
    rights: rights(),
    run: (command) => {
      ran.push(command);
      return Promise.resolve(ended);
    },
    ...changes,
  };
  return { tools, ran };
}

describe('opening a port in the firewall', () => {
  it('is offered with the very command that is run, and nothing is run before', async () => {
    const { tools, ran } = firewall();

    const offer = await offerOpening([11112], tools, never);

    expect(offer).toEqual({
      kind: 'offered',
      tool: 'ufw',
      ports: [11112],
      command: '/usr/bin/pkexec /usr/bin/ufw allow 11112/tcp',
      elevation: 'pkexec',
      isPermanent: true,
    });
    expect(ran).toEqual([]);
  });

  it('runs what was shown, and looks again', async () => {
    const { tools, ran } = firewall();

    const opened = await openPorts(
      { ports: [11112], command: '/usr/bin/pkexec /usr/bin/ufw allow 11112/tcp' },
      tools,
      never,
    );

    expect(ran).toEqual([{ program: '/usr/bin/pkexec', args: ['/usr/bin/ufw', 'allow', '11112/tcp'] }]);
    expect(opened).toMatchObject({ outcome: 'done', firewall: { state: 'allowed' } });
  });

  it('runs nothing that was not shown', async () => {
    const { tools, ran } = firewall();

    const refused = await openPorts({ ports: [11112], command: 'ufw disable' }, tools, never).catch(
      (thrown: unknown) => thrown as FailureError,
    );

    expect(refused).toMatchObject({ failure: { step: 'input', field: 'command' } });
    expect(ran).toEqual([]);
  });

  it('is done directly by root', async () => {
    const { tools, ran } = firewall({ rights: rights({ isRoot: true }) });
    const offer = await offerOpening([11112], tools, never);

    await openPorts({ ports: [11112], command: 'ufw allow 11112/tcp' }, tools, never);

    expect(offer).toMatchObject({ elevation: 'none', command: 'ufw allow 11112/tcp' });
    expect(ran).toEqual([{ program: '/usr/bin/ufw', args: ['allow', '11112/tcp'] }]);
  });

  it('is left to a person’s hands where the system has no way to ask for rights', async () => {
    const find = (program: string): string | null => (program === 'pkexec' ? null : `/usr/sbin/${program}`);

    expect(await offerOpening([11112], firewall({ rights: rights({ find }) }).tools, never)).toEqual({
      kind: 'by-hand',
      tool: 'ufw',
      command: 'ufw allow 11112/tcp',
    });
  });

  it('has nothing to offer where nothing is shut', async () => {
    const { tools } = firewall({ look: () => Promise.resolve(open) });

    expect(await offerOpening([11112], tools, never)).toMatchObject({
      kind: 'nothing-to-open',
      firewall: { state: 'allowed' },
    });
  });

  it('says when the person gave no right, and that it is as shut as before', async () => {
    const { tools } = firewall({}, { status: 126, stderr: 'Request dismissed' });

    expect(
      await openPorts(
        { ports: [11112], command: '/usr/bin/pkexec /usr/bin/ufw allow 11112/tcp' },
        tools,
        never,
      ),
    ).toMatchObject({ outcome: 'declined', firewall: { state: 'blocked', ports: [11112] } });
  });

  it('says in the tool’s words why it failed', async () => {
    const { tools } = firewall({}, { status: 1, stderr: 'ERROR: problem running\nmore' });

    expect(
      await openPorts(
        { ports: [11112], command: '/usr/bin/pkexec /usr/bin/ufw allow 11112/tcp' },
        tools,
        never,
      ),
    ).toMatchObject({ outcome: 'failed', detail: 'ERROR: problem running' });
  });
});

describe('the rights of an administrator', () => {
  const netsh = { program: 'netsh.exe', args: ['advfirewall', 'name=DICOM-104', 'localport=104'] };

  it('are asked for by Windows, of the program alone', () => {
    const elevated = elevate([netsh], rights({ platform: 'win32' }));

    expect(elevated).toMatchObject({ elevation: 'windows', commands: [{ program: 'powershell.exe' }] });
    expect(elevated?.commands[0]?.args.at(-1)).toContain(
      "Start-Process -FilePath 'netsh.exe' -ArgumentList 'advfirewall','name=DICOM-104','localport=104' -Verb RunAs",
    );
  });

  it('are asked for by macOS, with the words of the command beside the script', () => {
    const command = { program: '/usr/libexec/fw', args: ['--add', '/Applications/It’s "ours".app'] };

    const [ran] = elevate([command], rights({ platform: 'darwin' }))?.commands ?? [];

    expect(ran?.program).toBe('/usr/bin/osascript');
    expect(ran?.args.slice(-3)).toEqual([command.program, ...command.args]);
    expect(ran?.args).toContain('do shell script typed with administrator privileges');
  });

  it.each([
    ['pkexec', 126, ''],
    ['windows', 1223, ''],
    ['macos', 1, '0:59: execution error: User canceled. (-128)'],
  ] as const)('can be declined: %s says so by %i %s', (elevation, status, stderr) => {
    expect(outcomeOf({ status, stderr }, elevation).outcome).toBe('declined');
  });
});

describe('a command of the system', () => {
  it('is run without a shell', async () => {
    const ended = await runCommand(
      { program: process.execPath, args: ['-e', 'process.exitCode = process.argv.length', '$HOME; ls', '*'] },
      never,
    );

    expect(ended.status).toBe(3);
  });

  it('says that it could not be started', async () => {
    const ended = await runCommand({ program: '/no/such/program', args: [] }, never);

    expect(ended.status).toBeNull();
    expect(ended.stderr).toContain('ENOENT');
  });
});
