import type { DemoInstance, NaturalDataset } from './demo-instance.ts';
import { textsOf } from './match-identifier.ts';

/** So much may be sent to the demonstration archive; it keeps everything in memory until it ends. */
const roomBytes = 512 * 1024 * 1024;

/** What the demonstration archive holds: the synthetic studies, and what it was sent since it started. */
export class DemoShelf {
  readonly #instances = new Map<string, DemoInstance>();
  #bytesTaken = 0;

  constructor(instances: readonly DemoInstance[]) {
    for (const instance of instances) this.#instances.set(uidOf(instance.attributes), instance);
  }

  get attributes(): readonly NaturalDataset[] {
    return [...this.#instances.values()].map(({ attributes }) => attributes);
  }

  get(sopInstanceUid: string): DemoInstance | null {
    return this.#instances.get(sopInstanceUid) ?? null;
  }

  /** @returns whether there was room */
  put(dataset: NaturalDataset): boolean {
    const bytes = pixelBytes(dataset['PixelData']);
    if (this.#bytesTaken + bytes > roomBytes) return false;
    this.#bytesTaken += bytes;
    const { PixelData: _pixels, ...attributes } = dataset;
    this.#instances.set(uidOf(dataset), { attributes, dataset: () => dataset });
    return true;
  }
}

function uidOf(dataset: NaturalDataset): string {
  return textsOf(dataset['SOPInstanceUID'])[0] ?? '';
}

function pixelBytes(pixels: unknown): number {
  if (pixels instanceof ArrayBuffer || ArrayBuffer.isView(pixels)) return pixels.byteLength;
  return Array.isArray(pixels) ? pixels.map(pixelBytes).reduce((sum, bytes) => sum + bytes, 0) : 0;
}
