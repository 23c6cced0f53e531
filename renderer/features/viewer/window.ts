/** A VOI window as the standard writes it (PS3.3 §C.11.2). */
export interface Window {
  readonly center: number;
  readonly width: number;
}

/** The values shown black and white. */
export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** PS3.3 §C.11.2.1.2 (LINEAR, whose width counts both ends) and §C.11.2.1.3 (LINEAR_EXACT). */
export function rangeOf({ center, width }: Window, voiLutFunction: string): Range {
  if (isExact(width, voiLutFunction)) return { lower: center - width / 2, upper: center + width / 2 };
  return { lower: center - 0.5 - (width - 1) / 2, upper: center - 0.5 + (width - 1) / 2 };
}

export function windowOf({ lower, upper }: Range, voiLutFunction: string): Window {
  const width = upper - lower;
  if (isExact(width, voiLutFunction)) return { center: (lower + upper) / 2, width };
  return { center: (lower + upper + 1) / 2, width: width + 1 };
}

/** The first usable window of an image, if it has one. */
export function firstWindow(centers: readonly number[], widths: readonly number[]): Window | null {
  const [center] = centers;
  const [width] = widths;
  if (center === undefined || width === undefined) return null;
  return Number.isFinite(center) && width > 0 ? { center, width } : null;
}

// A LINEAR window narrower than 1 has no meaning; images of fractions (ADC, SUV) carry such anyway.
function isExact(width: number, voiLutFunction: string): boolean {
  return voiLutFunction === 'LINEAR_EXACT' || width < 1;
}
