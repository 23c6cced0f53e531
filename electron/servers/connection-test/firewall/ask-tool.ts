import { execFile } from 'node:child_process';

/** What a tool of the system says; `null`: it isn't there, may not be asked, or takes too long. */
export type AskTool = (
  program: string,
  args: readonly string[],
  signal: AbortSignal,
) => Promise<string | null>;

const patienceMs = 4_000;

export const askTool: AskTool = (program, args, signal) =>
  new Promise((resolve) => {
    const options = {
      signal,
      timeout: patienceMs,
      windowsHide: true,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C' },
    };
    execFile(program, [...args], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
