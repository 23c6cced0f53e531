import type { AskTool } from './ask-tool.ts';
import type { Command, Look } from './look.ts';

const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw';
const name = 'macOS application firewall';

/** macOS lets programs in, not ports: what is set for this one. */
export async function macFirewall(
  { ports, program }: { readonly ports: readonly number[]; readonly program: string },
  askTool: AskTool,
  signal: AbortSignal,
): Promise<Look> {
  const look = (
    state: Look['state'],
    commands: readonly Command[] = [],
    rule: string | null = null,
  ): Look => ({
    state,
    tool: name,
    rule,
    ports: state === 'blocked' || state === 'unknown' ? ports : [],
    opening: commands.length === 0 ? null : { commands, isPermanent: true },
  });
  const state = await askTool(tool, ['--getglobalstate'], signal);
  if (state === null) return look('unknown');
  if (/State = 0/.test(state)) return look('off');
  const own = (...args: readonly string[]): Command => ({ program: tool, args });
  const commands = [own('--add', program), own('--unblockapp', program)];
  const [blockAll, blocked] = await Promise.all([
    askTool(tool, ['--getblockall'], signal),
    askTool(tool, ['--getappblocked', program], signal),
  ]);
  if (blockAll !== null && /enabled/i.test(blockAll) && !/disabled/i.test(blockAll)) {
    return look('blocked', [own('--setblockall', 'off')], blockAll.trim());
  }
  if (blocked === null || /not part of/i.test(blocked)) return look('unknown', commands);
  if (/permitted|allowed/i.test(blocked)) return look('allowed');
  return /blocked/i.test(blocked) ? look('blocked', commands, blocked.trim()) : look('unknown', commands);
}
