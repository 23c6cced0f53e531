import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

interface ForkOptions {
  readonly serviceName?: string;
  readonly stdio?: 'pipe' | 'ignore' | 'inherit';
  readonly env?: NodeJS.ProcessEnv;
}

/** A Node process that finds `process.parentPort`, as in Electron. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(
    script: string,
    args: readonly string[],
    { stdio = 'inherit', env = process.env }: ForkOptions,
  ) {
    super();
    const parentPort = fileURLToPath(new URL('./parent-port.ts', import.meta.url));
    this.#child = fork(script, args, {
      execArgv: ['--import', parentPort],
      env,
      stdio: ['ignore', stdio, stdio, 'ipc'],
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.once('exit', (code) => this.emit('exit', code ?? 1));
    this.#child.on('message', (message) => this.emit('message', message));
    process.once('exit', () => this.#child.kill());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }
  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }
  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }
  postMessage(message: unknown): void {
    this.#child.send(message as object);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = {
  fork: (script: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(script, args, options),
};
