import type { PduReader } from './pdu-reader.ts';

export interface SlowLimits {
  readonly slowMs: number;
  readonly slowBytes: number;
}

/**
 * Calls `onSlow` when a peer keeps a PDU open and sends fewer than `slowBytes` in `slowMs`: it holds
 * a place that others need. Answers how to stop watching.
 */
export function watchSlowPeer(reader: PduReader, limits: SlowLimits, onSlow: () => void): () => void {
  let since = performance.now();
  let bytes = 0;
  const restart = (): void => {
    since = performance.now();
    bytes = reader.bytesRead;
  };
  const timer = setInterval(() => {
    if (!reader.insidePdu || reader.paused) {
      restart();
    } else if (performance.now() - since >= limits.slowMs) {
      if (reader.bytesRead - bytes < limits.slowBytes) onSlow();
      restart();
    }
  }, limits.slowMs / 6);
  return () => clearInterval(timer);
}
