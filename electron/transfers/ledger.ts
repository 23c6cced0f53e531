import type { InstanceReport, RetrieveWay, TransferNotice, TransferProgress } from '../contract/transfer.ts';

const speedWindowMs = 5_000;

export interface LedgerOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly onChange: () => void;
  /** Hears every outcome as it is entered. */
  readonly onReport?: (report: InstanceReport) => void;
}

/**
 * The account of one transfer: every instance once, by the outcome it came to, so that the sum is
 * always what was asked for. Nothing here comes from a counter of the peer's.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #reports = new Map<string, InstanceReport>();
  readonly #notices: TransferNotice[] = [];
  readonly #counts = { stored: 0, warning: 0, refused: 0, failed: 0 };
  #expected: number | null = null;
  #way: RetrieveWay | null = null;
  #bytes = 0;
  #recent: { readonly at: number; readonly bytes: number }[] = [];

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  expect(instances: number | null): void {
    this.#expected = instances;
    this.#options.onChange();
  }

  /** Enters or corrects the outcome of the instance or file that `key` stands for. */
  enter(key: string, report: InstanceReport): void {
    const before = this.#reports.get(key);
    if (before !== undefined) this.#counts[before.outcome] -= 1;
    this.#reports.set(key, report);
    this.#counts[report.outcome] += 1;
    this.#options.onReport?.(report);
    this.#options.onChange();
  }

  outcomeOf(key: string): InstanceReport | null {
    return this.#reports.get(key) ?? null;
  }

  moved(bytes: number): void {
    const at = this.#options.now();
    this.#bytes += bytes;
    this.#recent.push({ at, bytes });
    this.#options.onChange();
  }

  goes(way: RetrieveWay): void {
    this.#way = way;
    this.#options.onChange();
  }

  /** `null`: not known yet, or nothing is retrieved. */
  get way(): RetrieveWay | null {
    return this.#way;
  }

  notice(notice: TransferNotice): void {
    this.#notices.push(notice);
    this.#options.onChange();
  }

  get notices(): readonly TransferNotice[] {
    return [...this.#notices];
  }

  get reports(): readonly InstanceReport[] {
    return [...this.#reports.values()];
  }

  get progress(): TransferProgress {
    const { stored, warning, refused, failed } = this.#counts;
    return {
      expected: this.#expected,
      done: stored + warning,
      warnings: warning,
      refused,
      failed: refused + failed,
      bytes: this.#bytes,
      bytesPerSecond: this.#speed(),
    };
  }

  #speed(): number {
    const now = this.#options.now();
    const firstKept = this.#recent.findIndex(({ at }) => now - at <= speedWindowMs);
    this.#recent = firstKept === -1 ? [] : this.#recent.slice(firstKept);
    const first = this.#recent[0];
    if (first === undefined || now <= first.at) return 0;
    const bytes = this.#recent.reduce((sum, each) => sum + each.bytes, 0);
    return Math.round((bytes * 1000) / (now - first.at));
  }
}
