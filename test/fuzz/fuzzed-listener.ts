import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Health } from './listener-process.ts';

export interface FuzzedListener extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** How it ended, if it did. */
  readonly exit: string | null;
  health(): Promise<Health>;
  /** What it wrote beside its store: nothing, if all is well. */
  strayFiles(): Promise<readonly string[]>;
}

/** Our listener in a process of its own, which is never started again. */
export async function startFuzzedListener(): Promise<FuzzedListener> {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'store'));
  const script = fileURLToPath(new URL('listener-process.ts', import.meta.url));
  const child = fork(script, [folder.path], {
    // With little room for the young, memory that only waits to be collected is not taken for growth.
    execArgv: ['--expose-gc', '--max-semi-space-size=2'],
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  let exit: string | null = null;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = `${signal ?? `code ${code}`}\n${said}`;
      resolve();
    });
  });
  const { port } = await nextMessage<{ port: number }>();

  async function nextMessage<Message>(): Promise<Message> {
    const stop = new AbortController();
    void exited.then(() => stop.abort());
    try {
      const [message] = (await once(child, 'message', { signal: stop.signal })) as [Message];
      return message;
    } catch {
      throw new Error(`the listener is gone: ${exit ?? ''}`);
    }
  }

  return {
    host: '127.0.0.1',
    port,
    get exit() {
      return exit;
    },
    async health() {
      const answer = nextMessage<{ health: Health }>();
      if (child.connected) child.send('how are you?');
      return (await answer).health;
    },
    strayFiles: async () => (await readdir(folder.path)).filter((name) => name !== 'store'),
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
      await folder[Symbol.asyncDispose]();
    },
  };
}
