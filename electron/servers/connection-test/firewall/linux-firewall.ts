import type { AskTool } from './ask-tool.ts';
import { firewalld } from './firewalld.ts';
import { iptables } from './iptables.ts';
import { nothingSeen, type Look } from './look.ts';
import { nft } from './nft.ts';
import { ufw } from './ufw.ts';

export type Ask = (program: string, args: readonly string[]) => Promise<string | null>;
/** What a file has; `null`: it can't be read. */
export type ReadText = (path: string) => Promise<string | null>;

/** What one tool tells; `null`: it isn't here, or doesn't tell us. */
export type LinuxTool = (ports: readonly number[], ask: Ask, read: ReadText) => Promise<Look | null>;

/**
 * The firewall of a Linux system, by the most comfortable tool that is at work. Most of them tell only
 * root; then it is not known.
 */
export async function linuxFirewall(
  ports: readonly number[],
  { askTool, read }: { readonly askTool: AskTool; readonly read: ReadText },
  signal: AbortSignal,
): Promise<Look> {
  const ask: Ask = (program, args) => askTool(program, args, signal);
  let seen = nothingSeen;
  for (const tool of tools) {
    const look = await tool(ports, ask, read);
    if (look === null) continue;
    if (look.state === 'blocked') return seen.opening === null ? look : { ...look, ...comfortable(seen) };
    // What nft can't tell, iptables sees a part of only.
    if (look.state === 'allowed' && (look.tool === 'nft' || seen.state !== 'unknown')) return look;
    if (seen.tool === null || seen.state === 'off') seen = look;
  }
  return seen;
}

/** Opened by who keeps the rules, though another tool has shown which of them it is. */
function comfortable({ tool, opening }: Look): Pick<Look, 'tool' | 'opening'> {
  return { tool, opening };
}

const tools: readonly LinuxTool[] = [firewalld, ufw, nft, iptables];
