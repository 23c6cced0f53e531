import { escape, type InitialState, isDelimiter } from './decode-iso-2022.ts';
import type { Encoded } from './encoded.ts';
import type { GraphicSet } from './graphic-set.ts';

/** What a text may be written in. */
export interface Repertoires {
  readonly initial: InitialState;
  /** What can be designated by escape sequences, in the order of (0008,0005); none without extensions. */
  readonly others: readonly GraphicSet[];
}

/**
 * Encodes text with code extensions (PS3.5 §6.1.2.5): a set is designated where a character needs it, and
 * before every delimiter and the end those of the beginning are designated again (§6.1.2.5.3), so that each
 * component of a name stands for itself.
 */
export function encodeIso2022(text: string, repertoires: Repertoires, isPersonName: boolean): Encoded {
  const writer = new Writer(repertoires.initial);
  let isFirstGroup = isPersonName;
  for (const character of text) {
    const code = character.length === 1 ? character.charCodeAt(0) : -1;
    if (isDelimiter(code, isPersonName)) {
      writer.delimit(code);
      if (character === '=') isFirstGroup = false;
      if (character === '\\') isFirstGroup = isPersonName;
      continue;
    }
    const set = choose(character, writer.candidates(repertoires.others), isFirstGroup);
    if (set === null) return { kind: 'refused', character };
    writer.write(character, set);
  }
  return { kind: 'encoded', bytes: writer.end() };
}

/**
 * The first that has the character. A name's first group is its alphabetic one, which is of single bytes
 * (PS3.5 §6.2.1.2), so it is written in those wherever they have the character. Where none has it is written
 * all the same: systems in the Far East keep names so, and a key must match what they keep.
 */
function choose(
  character: string,
  candidates: readonly GraphicSet[],
  isFirstGroup: boolean,
): GraphicSet | null {
  const able = candidates.filter((set) => set.codeOf(character) !== null);
  const single = isFirstGroup ? able.find(({ bytesPerCharacter }) => bytesPerCharacter === 1) : undefined;
  return single ?? able[0] ?? null;
}

class Writer {
  readonly #initial: InitialState;
  #state: InitialState;
  readonly #bytes: number[] = [];

  constructor(initial: InitialState) {
    this.#initial = initial;
    this.#state = initial;
  }

  /** Those in force first, so that no more is designated than must be. */
  candidates(others: readonly GraphicSet[]): readonly GraphicSet[] {
    const inForce = [this.#state.g0, this.#state.g1, this.#initial.g0, this.#initial.g1];
    return [...inForce.filter((set) => set !== null), ...others];
  }

  write(character: string, set: GraphicSet): void {
    // The standard lets two-byte characters of G0 stand beside those of G1; not every reader does.
    if (set.half === 'g1' && this.#state.g0.bytesPerCharacter === 2) this.#designate(this.#initial.g0);
    this.#designate(set);
    const code = set.codeOf(character) ?? 0;
    if (set.bytesPerCharacter === 2) this.#bytes.push(code >> 8);
    this.#bytes.push(code & 0xff);
  }

  delimit(code: number): void {
    this.#restore();
    this.#bytes.push(code);
  }

  end(): Buffer {
    this.#restore();
    return Buffer.from(this.#bytes);
  }

  #restore(): void {
    this.#designate(this.#initial.g0);
    if (this.#initial.g1 !== null) this.#designate(this.#initial.g1);
    this.#state = this.#initial;
  }

  #designate(set: GraphicSet): void {
    if (this.#state[set.half] === set) return;
    this.#bytes.push(escape, ...Buffer.from(set.escape, 'latin1'));
    this.#state = { ...this.#state, [set.half]: set };
  }
}
