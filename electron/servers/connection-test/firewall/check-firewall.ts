import type { FirewallFacts } from '../../../contract/connection-test.ts';
import { askTool } from './ask-tool.ts';
import { linuxFirewall } from './linux-firewall.ts';
import { macFirewall } from './mac-firewall.ts';
import { windowsFirewall } from './windows-firewall.ts';

/** What this computer's own firewall does to ports of ours; `unknown` wherever that can't be seen. */
export function checkFirewall(ports: readonly number[], signal: AbortSignal): Promise<FirewallFacts> {
  const unknown: FirewallFacts = { state: 'unknown', tool: null, command: null };
  if (ports.length === 0) return Promise.resolve(unknown);
  const { platform, execPath } = process;
  if (platform === 'linux') return linuxFirewall(ports, askTool, signal);
  if (platform === 'darwin') return macFirewall(execPath, askTool, signal);
  if (platform === 'win32') return windowsFirewall({ ports, program: execPath }, askTool, signal);
  return Promise.resolve(unknown);
}
