import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';

/** The program that listens at a port of this computer; `null`: it can't be told from here. */
export async function portOwner(port: number, platform: NodeJS.Platform): Promise<string | null> {
  if (platform === 'linux') return linuxOwner(port);
  if (platform === 'win32') return windowsOwner(port);
  return firstField(await ask('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fc']));
}

/** Sockets of other people's programs can't be looked into; then there is no name. */
async function linuxOwner(port: number): Promise<string | null> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(textOf));
  const inodes = tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`);
  if (inodes.length === 0) return null;
  for (const pid of await namesIn('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    for (const descriptor of await namesIn(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (inodes.includes(target)) return (await textOf(`/proc/${pid}/comm`)).trim() || null;
    }
  }
  return null;
}

const listening = '0A';

/** Columns: number, local address in hex, remote address, state, …, inode as the tenth. */
function listeningInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(suffix) && state === listening)
    .flatMap((columns) => columns[9] ?? []);
}

async function windowsOwner(port: number): Promise<string | null> {
  const command = `(Get-Process -Id (Get-NetTCPConnection -LocalPort ${port} -State Listen)[0].OwningProcess).ProcessName`;
  const name = await ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
  return name?.trim() || null;
}

/** `lsof -F` says one thing a line, told by its first letter; c is the command. */
function firstField(output: string | null): string | null {
  return /^c(.+)$/m.exec(output ?? '')?.[1] ?? null;
}

function ask(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 3_000, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
