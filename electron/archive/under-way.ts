/** Counts work that has begun and not ended, and tells when there is none. */
export class UnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** @returns ends it; a second call does nothing */
  start(): () => void {
    let running = true;
    this.#count += 1;
    return () => {
      if (!running) return;
      running = false;
      this.#count -= 1;
      if (this.#count === 0) this.#tell();
    };
  }

  none(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
