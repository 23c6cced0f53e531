import type { Elevation } from '../../../contract/firewall.ts';
import type { Command } from './look.ts';

/** What this process may do, and by which program it may ask for more. */
export interface Rights {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Where a program of the system is; `null`: not installed. */
  readonly find: (program: string) => string | null;
}

export interface Elevated {
  readonly elevation: Elevation;
  readonly commands: readonly Command[];
}

/** The commands as they are run with an administrator's rights; `null`: there is no way to ask for them. */
export function elevate(commands: readonly Command[], rights: Rights): Elevated | null {
  const { platform } = rights;
  if (platform === 'win32') return { elevation: 'windows', commands: commands.map(byWindows) };
  if (platform === 'darwin') return { elevation: 'macos', commands: commands.map(byMacos) };
  return byLinux(commands, rights);
}

function byLinux(commands: readonly Command[], { isRoot, find }: Rights): Elevated | null {
  const found = commands.flatMap(({ program, args }) => {
    const path = find(program);
    return path === null ? [] : [{ program: path, args }];
  });
  if (found.length < commands.length) return null;
  if (isRoot) return { elevation: 'none', commands: found };
  const pkexec = find('pkexec');
  if (pkexec === null) return null;
  const asked = found.map(({ program, args }) => ({ program: pkexec, args: [program, ...args] }));
  return { elevation: 'pkexec', commands: asked };
}

/** Windows' error for a person who says no, as an exit status. */
export const windowsDeclined = 1223;

/** The one that asks is PowerShell; what it runs is netsh, with words that have no quotes in them. */
function byWindows({ program, args }: Command): Command {
  const list = args.map((arg) => `'${arg.replaceAll("'", "''")}'`).join(',');
  const script = [
    `try { $p = Start-Process -FilePath '${program}' -ArgumentList ${list} -Verb RunAs -WindowStyle Hidden -Wait -PassThru; exit $p.ExitCode }`,
    `catch { if ($_.Exception.InnerException.NativeErrorCode -eq ${windowsDeclined} -or $_.Exception.NativeErrorCode -eq ${windowsDeclined}) { exit ${windowsDeclined} }; [Console]::Error.WriteLine($_.Exception.Message); exit 1 }`,
  ].join(' ');
  return { program: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', script] };
}

/** The words of the command are handed over beside the script, and quoted there. */
function byMacos({ program, args }: Command): Command {
  const script = [
    'on run argv',
    'set typed to ""',
    'repeat with each in argv',
    'set typed to typed & quoted form of (each as text) & " "',
    'end repeat',
    'do shell script typed with administrator privileges',
    'end run',
  ].flatMap((line) => ['-e', line]);
  return { program: '/usr/bin/osascript', args: [...script, program, ...args] };
}
