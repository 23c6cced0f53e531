import { readFile } from 'node:fs/promises';
import type { FirewallFacts } from '../../../contract/connection-test.ts';
import { askTool } from './ask-tool.ts';
import { commandWords } from './command-words.ts';
import { linuxFirewall } from './linux-firewall.ts';
import { nothingSeen, type Look } from './look.ts';
import { macFirewall } from './mac-firewall.ts';
import { windowsFirewall } from './windows-firewall.ts';

/** What this computer's own firewall does to ports of ours; `unknown` wherever that can't be seen. */
export async function checkFirewall(ports: readonly number[], signal: AbortSignal): Promise<FirewallFacts> {
  return factsOf(await lookAtFirewall(ports, signal));
}

export function lookAtFirewall(ports: readonly number[], signal: AbortSignal): Promise<Look> {
  if (ports.length === 0) return Promise.resolve(nothingSeen);
  const { platform, execPath: program } = process;
  if (platform === 'linux') return linuxFirewall(ports, { askTool, read }, signal);
  if (platform === 'darwin') return macFirewall({ ports, program }, askTool, signal);
  if (platform === 'win32') return windowsFirewall({ ports, program }, askTool, signal);
  return Promise.resolve(nothingSeen);
}

export function factsOf({ opening, ...seen }: Look): FirewallFacts {
  const commands = opening?.commands ?? [];
  return { ...seen, command: commands.length === 0 ? null : commandWords(commands, process.platform) };
}

function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
