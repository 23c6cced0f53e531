import { execFile } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { findProgram } from './find-program.ts';

/** What a tool of the system says; `null`: it isn't there, may not be asked, or takes too long. */
export type AskTool = (
  program: string,
  args: readonly string[],
  signal: AbortSignal,
) => Promise<string | null>;

const patienceMs = 4_000;

export const askTool: AskTool = (program, args, signal) =>
  new Promise((resolve) => {
    const isLinux = process.platform === 'linux';
    const path = isLinux && !isAbsolute(program) ? findProgram(program) : program;
    if (path === null) return resolve(null);
    const options = {
      signal,
      timeout: patienceMs,
      windowsHide: true,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C' },
    };
    execFile(path, [...args], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
