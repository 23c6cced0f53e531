import type { FirewallFacts } from '../../../contract/connection-test.ts';
import type { AskTool } from './ask-tool.ts';

const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw';
const name = 'macOS application firewall';

/** macOS lets programs in, not ports: what is set for this one. */
export async function macFirewall(
  program: string,
  askTool: AskTool,
  signal: AbortSignal,
): Promise<FirewallFacts> {
  const state = await askTool(tool, ['--getglobalstate'], signal);
  if (state === null) return { state: 'unknown', tool: name, command: null };
  if (/State = 0/.test(state)) return { state: 'off', tool: name, command: null };
  const command = `sudo ${tool} --add "${program}" --unblockapp "${program}"`;
  const [blockAll, own] = await Promise.all([
    askTool(tool, ['--getblockall'], signal),
    askTool(tool, ['--getappblocked', program], signal),
  ]);
  if (blockAll !== null && /enabled/i.test(blockAll) && !/disabled/i.test(blockAll)) {
    return { state: 'blocked', tool: name, command: `sudo ${tool} --setblockall off` };
  }
  if (own === null || /not part of/i.test(own)) return { state: 'unknown', tool: name, command };
  if (/permitted|allowed/i.test(own)) return { state: 'allowed', tool: name, command: null };
  return /blocked/i.test(own)
    ? { state: 'blocked', tool: name, command }
    : { state: 'unknown', tool: name, command };
}
