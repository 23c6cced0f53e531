/** Opcodes of PS3.3 §C.7.9.2. */
const discrete = 0;
const linear = 1;
const indirect = 2;

/** Expands a segmented LUT (PS3.3 §C.7.9.2) to `count` entries; empty where it doesn't make sense. */
export function expandSegments(words: readonly number[], count: number): readonly number[] {
  const lut = new SegmentedLut(words, count);
  return lut.expand(0, Number.POSITIVE_INFINITY) ? lut.entries.slice(0, count) : [];
}

class SegmentedLut {
  readonly entries: number[] = [];
  readonly #words: readonly number[];
  readonly #count: number;

  constructor(words: readonly number[], count: number) {
    this.#words = words;
    this.#count = count;
  }

  /** @returns `false`: these segments make no sense */
  expand(from: number, segments: number): boolean {
    let at = from;
    // A last word alone pads the value to an even length of bytes.
    for (let done = 0; done < segments && at + 1 < this.#words.length; done += 1) {
      const size = this.#segment(at, from === 0);
      if (size === null) return false;
      at += size;
    }
    return true;
  }

  /** @returns its number of words; `null`: it makes no sense */
  #segment(at: number, mayPointBack: boolean): number | null {
    const opcode = this.#words[at];
    const length = this.#words[at + 1] ?? 0;
    if (this.entries.length + length > this.#count + 1) return null;
    if (opcode === discrete) {
      for (const word of this.#words.slice(at + 2, at + 2 + length)) this.entries.push(word);
      return 2 + length;
    }
    if (opcode === linear) {
      this.#line(length, this.#words[at + 2] ?? 0);
      return 3;
    }
    if (opcode === indirect && mayPointBack) return this.#again(at, length) ? 4 : null;
    return null;
  }

  #line(length: number, end: number): void {
    const start = this.entries.at(-1) ?? 0;
    for (let step = 1; step <= length; step += 1) {
      this.entries.push(Math.round(start + ((end - start) * step) / length));
    }
  }

  /** Points back at a number of segments by the first one's byte; those can't point back themselves. */
  #again(at: number, segments: number): boolean {
    const offset = ((this.#words[at + 2] ?? 0) | ((this.#words[at + 3] ?? 0) << 16)) / 2;
    const isEarlier = Number.isInteger(offset) && offset >= 0 && offset < at;
    return isEarlier && this.expand(offset, segments);
  }
}
