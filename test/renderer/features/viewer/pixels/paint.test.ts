import { describe, expect, it } from 'vitest';
import { paint } from '../../../../../renderer/features/viewer/pixels/paint.ts';

const two = { rows: 1, columns: 2 };

describe('painting a frame small', () => {
  it('spreads the window over black and white', () => {
    const frame = {
      kind: 'greys',
      greys: Int16Array.of(-100, 300),
      range: { lower: 0, upper: 200 },
      inverted: false,
    } as const;

    expect([...paint(frame, two, two)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('turns them round for MONOCHROME1', () => {
    const frame = {
      kind: 'greys',
      greys: Uint8Array.of(0, 255),
      range: { lower: 0, upper: 255 },
      inverted: true,
    } as const;

    expect([...paint(frame, two, two)]).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
  });

  it('takes the nearest pixel', () => {
    const frame = { kind: 'rgb', rgb: Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3) } as const;

    const painted = paint(frame, { rows: 1, columns: 3 }, { rows: 1, columns: 1 });

    expect([...painted]).toEqual([2, 2, 2, 255]);
  });
});
