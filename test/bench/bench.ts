import type { BenchObject } from './bench-object.ts';
import type { Bundled } from './bundle.ts';
import type { BenchOptions } from './options.ts';

/** What every section is run with. */
export interface Bench {
  readonly options: BenchOptions;
  readonly bundled: Bundled;
  /** For all that is written; removed at the end. */
  readonly folder: string;
}

/** A CT image of 525 KB. */
export const slice: BenchObject = { kind: 'slice', frames: 1 };

/** An object of many such frames; 763 are 400 MB. */
export function largeObject({ options }: Bench): BenchObject {
  return { kind: 'multiFrame', frames: options.frames };
}
