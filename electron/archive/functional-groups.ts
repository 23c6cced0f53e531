import type { Attributes } from '../dataset/index.ts';

/** The sequences of enhanced objects that are read, with the macros in them (PS3.3 §C.7.6.16). */
export const functionalGroupSequences: ReadonlySet<string> = new Set([
  '52009229',
  '52009230',
  // Pixel Measures, Pixel Value Transformation, Frame VOI LUT, Plane Orientation, Plane Position
  '00289110',
  '00289145',
  '00289132',
  '00209116',
  '00209113',
]);

const shared = '52009229';
const perFrame = '52009230';

/**
 * The attributes that place and scale an image: of the data set itself, else of its shared functional
 * group, else of its first frame's.
 *
 * @returns attributes of one level, and those whose value isn't the same for every frame
 */
export function flattenFunctionalGroups(attributes: Attributes): {
  readonly attributes: Attributes;
  readonly differing: ReadonlySet<string>;
} {
  const sharedGroup = macrosOf(attributes.get(shared)?.items?.[0]);
  const frames = (attributes.get(perFrame)?.items ?? []).map(macrosOf);
  const first = frames[0] ?? new Map();
  return {
    attributes: new Map([...first, ...sharedGroup, ...attributes]),
    differing: new Set([...first.keys()].filter((tag) => differs(frames, tag))),
  };
}

function macrosOf(group: Attributes | undefined): Attributes {
  if (group === undefined) return new Map();
  return new Map([...group.values()].flatMap((macro) => [...(macro.items?.[0] ?? [])]));
}

function differs(frames: readonly Attributes[], tag: string): boolean {
  const first = bytesOf(frames[0], tag);
  return frames.some((frame) => !bytesOf(frame, tag).equals(first));
}

function bytesOf(attributes: Attributes | undefined, tag: string): Buffer {
  return Buffer.from(attributes?.get(tag)?.value ?? []);
}
