/** An association that somebody asked of us, let in or not. */
export interface Call {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly remoteAddress: string;
  /** Ours. */
  readonly port: number;
  readonly accepted: boolean;
  /** ISO 8601. */
  readonly at: string;
}

const longestLog = 1_000;

/** The last thousand calls; who calls again the same way counts once, by his last call. */
export class CallLog {
  readonly #calls = new Map<string, Call>();
  readonly #listeners = new Set<(call: Call) => void>();

  note(call: Call): void {
    const key = JSON.stringify([call.callingAeTitle, call.calledAeTitle, call.remoteAddress, call.port]);
    this.#calls.delete(key);
    this.#calls.set(key, call);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > longestLog && oldest !== undefined) this.#calls.delete(oldest);
    for (const listener of this.#listeners) listener(call);
  }

  /** The latest last. */
  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** @returns stops listening */
  listen(listener: (call: Call) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/**
 * The last call of somebody who calls himself as we do, from an address that isn't ours: then two have
 * one AE title, and what a server sends to it may go to the other.
 */
export function namesakeIn(
  calls: readonly Call[],
  ourAeTitle: string,
  ourAddresses: readonly string[],
): Call | null {
  const ours = new Set(ourAddresses.map(plainAddress));
  const isOther = ({ callingAeTitle, remoteAddress }: Call): boolean =>
    callingAeTitle.trim() === ourAeTitle &&
    !isLoopback(remoteAddress) &&
    !ours.has(plainAddress(remoteAddress));
  return calls.findLast(isOther) ?? null;
}

/** An IPv4 address as a socket of both families shows it (RFC 4291 §2.5.5.2), and without a zone. */
export function plainAddress(address: string): string {
  return address
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '')
    .toLowerCase();
}

export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === '::1' || plain.startsWith('127.') || plain === 'localhost';
}
