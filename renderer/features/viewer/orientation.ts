/** A direction in the patient's coordinates (PS3.3 §C.7.6.2.1.1): x to left, y to posterior, z to head. */
export type Direction = readonly [number, number, number];

const letters = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** Below this share of a direction an axis is not worth a letter: about 6 degrees. */
const smallestShare = 0.1;

/** The letters of a direction, the strongest first: `A`, or `AL` and `ALH` for an oblique one. */
export function lettersOf(direction: Direction): string {
  const length = Math.hypot(...direction);
  if (length === 0) return '';
  return direction
    .map((part, axis) => ({ share: part / length, axis }))
    .filter(({ share }) => Math.abs(share) > smallestShare)
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .map(({ share, axis }) => letters[axis]?.[share > 0 ? 0 : 1] ?? '')
    .join('');
}

const opposites: Readonly<Record<string, string>> = {
  L: 'R',
  R: 'L',
  P: 'A',
  A: 'P',
  H: 'F',
  F: 'H',
};

/** `ALH` → `PRF`. Unknown letters (quadrupeds' directions, PS3.3 §C.7.6.1.1.1) give nothing. */
export function oppositeOf(lettersOfDirection: string): string {
  const turned = Array.from(lettersOfDirection, (letter) => opposites[letter]);
  return turned.includes(undefined) ? '' : turned.join('');
}

/**
 * The letters of a direction across the picture that has only Patient Orientation (0020,0020).
 *
 * @param across how much of the direction goes along the rows, to the right of the stored picture
 * @param down how much goes along the columns, to its bottom
 */
export function lettersAcross(patientOrientation: readonly string[], across: number, down: number): string {
  const [alongRows = '', alongColumns = ''] = patientOrientation;
  const letters = Math.abs(across) >= Math.abs(down) ? alongRows : alongColumns;
  const forwards = Math.abs(across) >= Math.abs(down) ? across > 0 : down > 0;
  return forwards ? letters : oppositeOf(letters);
}

/** The letters at the four edges of the picture as it is shown. */
export interface EdgeLetters {
  readonly top: string;
  readonly right: string;
  readonly bottom: string;
  readonly left: string;
}

export const noLetters: EdgeLetters = { top: '', right: '', bottom: '', left: '' };

/** @param right, bottom the directions in which the picture's right and bottom edges lie */
export function edgeLetters(
  right: Direction,
  bottom: Direction,
  geometry: { readonly oriented: boolean; readonly patientOrientation: readonly string[] },
): EdgeLetters {
  const say = (direction: Direction): string =>
    geometry.oriented
      ? lettersOf(direction)
      : lettersAcross(geometry.patientOrientation, direction[0], direction[1]);
  return { top: say(reverse(bottom)), right: say(right), bottom: say(bottom), left: say(reverse(right)) };
}

function reverse([x, y, z]: Direction): Direction {
  return [-x, -y, -z];
}
