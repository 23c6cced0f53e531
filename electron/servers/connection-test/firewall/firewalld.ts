import type { LinuxTool } from './linux-firewall.ts';
import { lookOf, type Opening } from './look.ts';

/** firewalld: what its default zone has open. */
export const firewalld: LinuxTool = async (ports, ask) => {
  const state = await ask('firewall-cmd', ['--state']);
  if (state?.trim() !== 'running') return null;
  const open = (await ask('firewall-cmd', ['--list-ports']))?.split(/\s+/) ?? [];
  const judged = ports.map((port) => {
    const isOpen = open.some((entry) => coversPort(entry, port));
    // What services and other zones let in is not looked at.
    return { port, verdict: isOpen ? 'allowed' : 'unsure', rule: null } as const;
  });
  return lookOf('firewalld', judged, opening);
};

/** Now, and for the next start. */
function opening(ports: readonly number[]): Opening {
  const added = ports.map((port) => `--add-port=${port}/tcp`);
  const commands = [added, ['--permanent', ...added]].map((args) => ({ program: 'firewall-cmd', args }));
  return { commands, isPermanent: true };
}

/** `11112/tcp` or `11000-11200/tcp`. */
function coversPort(entry: string, port: number): boolean {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?\/tcp$/.exec(entry) ?? [];
  return from !== '' && Number(from) <= port && port <= Number(to);
}
