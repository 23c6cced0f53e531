import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';

/** One running app for each user data folder; the others leave their command line with it. */
export class SingleInstance {
  readonly #told: (argv: readonly string[], folder: string) => void;
  /** What this start had to tell an earlier one has reached it. */
  delivered = Promise.resolve();
  #lock: string | null = null;
  #server: Server | null = null;

  constructor(told: (argv: readonly string[], folder: string) => void) {
    this.#told = told;
  }

  request(folder: string): boolean {
    if (this.#lock) return true;
    mkdirSync(folder, { recursive: true });
    const lock = path.join(folder, 'stand-in.lock');
    const socket = path.join(folder, 'stand-in.sock');
    if (!take(lock)) {
      const line = JSON.stringify({ argv: process.argv, folder: process.cwd() });
      this.delivered = new Promise((resolve) => {
        connect(socket)
          .on('error', () => undefined)
          .on('close', () => resolve())
          .end(line);
      });
      return false;
    }
    this.#lock = lock;
    rmSync(socket, { force: true });
    this.#server = createServer({ allowHalfOpen: false }, (peer) => {
      let heard = '';
      peer.setEncoding('utf8');
      peer.on('error', () => undefined);
      peer.on('data', (text: string) => (heard += text));
      peer.on('end', () => {
        const { argv, folder: from } = JSON.parse(heard) as { argv: string[]; folder: string };
        this.#told(argv, from);
      });
    });
    // A path too long for a socket only costs the message, not the lock.
    this.#server.on('error', () => undefined);
    this.#server.listen(socket).unref();
    return true;
  }

  release(): void {
    if (this.#lock) rmSync(this.#lock, { force: true });
    this.#server?.close();
    this.#lock = null;
  }
}

/** A lock whose holder has died is taken over. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
    writeFileSync(lock, String(process.pid));
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
