import { parseArgs } from 'node:util';

export const sections = ['receive', 'large', 'send', 'send-large', 'orthanc', 'find', 'slow'] as const;

export type Section = (typeof sections)[number];

/** How much is measured. */
export interface BenchOptions {
  readonly sections: readonly Section[];
  /** Of each figure the median of so many is printed. */
  readonly repeats: number;
  /** Slices of 525 KB in one go. */
  readonly slices: number;
  /** Slices that a receiver takes before they are counted: none of us is to be measured compiling. */
  readonly warmUp: number;
  /** Frames of the large object, of 525 KB each. */
  readonly frames: number;
  readonly answers: number;
}

const whole = { repeats: 3, slices: 500, warmUp: 100, frames: 763, answers: 10_000 } as const;
const quick = { repeats: 1, slices: 100, warmUp: 20, frames: 100, answers: 2_000 } as const;

export const usage = `npm run bench -- [${sections.join('|')} ...] [--repeat N] [--quick]`;

/** @throws Error with the usage where the arguments are none of these */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { repeat: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const amounts = values.quick ? quick : whole;
  const repeats = values.repeat === undefined ? amounts.repeats : Number(values.repeat);
  const asked = positionals.map(sectionOf);
  if (!Number.isInteger(repeats) || repeats < 1) throw new Error(usage);
  return { ...amounts, repeats, sections: asked.length === 0 ? sections : asked };
}

function sectionOf(word: string): Section {
  const section = sections.find((each) => each === word);
  if (section === undefined) throw new Error(usage);
  return section;
}
