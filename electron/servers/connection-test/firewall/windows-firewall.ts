import { z } from 'zod';
import type { AskTool } from './ask-tool.ts';
import { lookOf, type Judgement, type Look, type Opening } from './look.ts';

const name = 'Windows Defender Firewall';

/**
 * The inbound rules for these ports or this program. PowerShell's answers are the same in every
 * language, those of netsh are not.
 */
export async function windowsFirewall(
  { ports, program }: { readonly ports: readonly number[]; readonly program: string },
  askTool: AskTool,
  signal: AbortSignal,
): Promise<Look> {
  const answer = await askTool(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', script(program)],
    signal,
  );
  const judged = ports.map((port) => ({ port, ...judgeWindows(answer ?? '', port) }));
  return lookOf(name, judged, opening);
}

function opening(ports: readonly number[]): Opening {
  const rule = ['dir=in', 'action=allow', 'protocol=TCP', `localport=${ports.join(',')}`];
  const args = ['advfirewall', 'firewall', 'add', 'rule', `name=DICOM-${ports.join('-')}`, ...rule];
  return { commands: [{ program: 'netsh.exe', args }], isPermanent: true };
}

/** Profiles at work on a network that is up, and the enabled inbound rules by port and by program. */
function script(program: string): string {
  const quoted = program.replaceAll("'", "''");
  return [
    "$ErrorActionPreference='Stop'",
    '$active=@(Get-NetConnectionProfile | ForEach-Object { "$($_.NetworkCategory)" -replace "DomainAuthenticated","Domain" })',
    '$profiles=@(Get-NetFirewallProfile -PolicyStore ActiveStore | Where-Object { $active.Count -eq 0 -or $active -contains $_.Name } | ForEach-Object { @{ enabled=[bool]$_.Enabled; inbound="$($_.DefaultInboundAction)" } })',
    '$of={ param($filter,$ports) $filter | Get-NetFirewallRule | Where-Object { $_.Enabled -eq "True" -and $_.Direction -eq "Inbound" } | ForEach-Object { @{ name="$($_.DisplayName)"; action="$($_.Action)"; ports=@($ports) } } }',
    '$rules=@(Get-NetFirewallPortFilter -Protocol TCP | Where-Object { $_.LocalPort -match "^[0-9,-]+$" -or $_.LocalPort -is [array] } | ForEach-Object { & $of $_ $_.LocalPort })',
    `$rules+=@(Get-NetFirewallApplicationFilter -Program '${quoted}' -ErrorAction SilentlyContinue | ForEach-Object { & $of $_ "Any" })`,
    '@{ profiles=$profiles; rules=$rules } | ConvertTo-Json -Depth 4 -Compress',
  ].join('; ');
}

const Answer = z.object({
  profiles: z.array(z.object({ enabled: z.boolean(), inbound: z.string() })),
  rules: z.array(
    z.object({
      name: z.string().optional(),
      action: z.string(),
      ports: z.array(z.union([z.string(), z.number()])),
    }),
  ),
});

/** Blocking rules come before allowing ones; without either it is the profile's default. */
export function judgeWindows(answerJson: string, port: number): Judgement {
  const answer = Answer.safeParse(parsed(answerJson));
  if (!answer.success) return { verdict: 'unsure', rule: null };
  const { profiles, rules } = answer.data;
  const enabled = profiles.filter((profile) => profile.enabled);
  if (profiles.length > 0 && enabled.length === 0) return { verdict: 'off', rule: null };
  const about = rules.filter((rule) => rule.ports.some((entry) => covers(String(entry), port)));
  const shutting = about.find(({ action }) => action === 'Block');
  if (shutting !== undefined) return { verdict: 'blocked', rule: shutting.name ?? null };
  if (about.some(({ action }) => action === 'Allow')) return { verdict: 'allowed', rule: null };
  // NotConfigured means Block for what comes in.
  if (enabled.every(({ inbound }) => inbound === 'Allow')) return { verdict: 'allowed', rule: null };
  return { verdict: 'blocked', rule: 'no rule allows it, and the profile blocks by default' };
}

function covers(entry: string, port: number): boolean {
  if (entry === 'Any') return true;
  const [from = '', to = from] = entry.split('-');
  return /^\d+$/.test(from) && Number(from) <= port && port <= Number(to);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
