/** How much one association may bring by C-STORE. */
export interface StoreLimits {
  readonly objects: number;
  /** Of all their data sets together. */
  readonly bytes: number;
  /** Of one data set. */
  readonly objectBytes: number;
}

/** What one association may still bring. Once it is used up, it stays so. */
export class StoreAllowance {
  readonly #limits: StoreLimits;
  #objects = 0;
  #bytes = 0;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  /** Another object begins. */
  begin(): ObjectAllowance {
    this.#objects++;
    return new ObjectAllowance(this);
  }

  /** @returns the limit that is gone beyond, in words without values of the data; else null */
  take(bytes: number, objectBytes: number): string | null {
    this.#bytes += bytes;
    const { objects, bytes: allBytes, objectBytes: mostBytes } = this.#limits;
    if (this.#objects > objects) return `${objects} objects in one association`;
    if (objectBytes > mostBytes) return `${mostBytes} bytes in one object`;
    return this.#bytes > allBytes ? `${allBytes} bytes in one association` : null;
  }
}

/** The share of one object, as it comes in. */
export class ObjectAllowance {
  readonly #association: StoreAllowance;
  #bytes = 0;

  constructor(association: StoreAllowance) {
    this.#association = association;
  }

  /** So many bytes of it have come. @returns as `StoreAllowance.take` */
  take(bytes: number): string | null {
    this.#bytes += bytes;
    return this.#association.take(bytes, this.#bytes);
  }
}

/** For what we asked for ourselves: only the disk sets a limit. */
export const withoutLimits: StoreLimits = { objects: Infinity, bytes: Infinity, objectBytes: Infinity };
