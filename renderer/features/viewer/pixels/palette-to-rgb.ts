import type { Palette } from '../../../../electron/contract/archive.ts';
import { FrameError, type Samples } from './samples.ts';

/** Looks each pixel up in the three tables (PS3.3 §C.7.6.3.1.5, §C.7.6.3.1.6). */
export function paletteToRgb(samples: Samples, palette: Palette | null): Uint8Array<ArrayBuffer> {
  if (palette === null) throw new FrameError('The colour palette is missing.');
  const [, first, bits] = palette.descriptor;
  const tables = [palette.red, palette.green, palette.blue].map((table) => toBytes(table, bits));
  if (tables.some((table) => table.length === 0)) throw new FrameError('The colour palette is empty.');
  const rgb = new Uint8Array(samples.length * 3);
  tables.forEach((table, channel) => {
    const last = table.length - 1;
    for (let pixel = 0; pixel < samples.length; pixel++) {
      const entry = Math.min(Math.max((samples[pixel] ?? 0) - first, 0), last);
      rgb[pixel * 3 + channel] = table[entry] ?? 0;
    }
  });
  return rgb;
}

// Some tables say 16 bits and hold only 8: all of them low, so they'd be black if they were shifted.
function toBytes(table: readonly number[], bits: number): Uint8Array {
  const wide = bits > 8 && table.some((entry) => entry > 255);
  return Uint8Array.from(table, (entry) => (wide ? entry >> 8 : entry));
}
