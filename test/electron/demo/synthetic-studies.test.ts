import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DemoInstance } from '../../../electron/demo/demo-instance.ts';
import { syntheticStudies } from '../../../electron/demo/synthetic-studies.ts';

const now = new Date(2026, 10, 21, 9, 0);
const instances = syntheticStudies(now);
const text = (instance: DemoInstance, keyword: string): string => String(instance.attributes[keyword]);
const first = (modality: string): DemoInstance =>
  instances.find((instance) => instance.attributes['Modality'] === modality)!;

function digest(values: Int16Array): string {
  return createHash('sha256').update(values).digest('hex');
}

describe('the synthetic studies', () => {
  it('are five, of the kinds and sizes that were promised', () => {
    const counts = new Map<string, number>();
    for (const instance of instances) {
      const study = `${text(instance, 'Modality')} ${text(instance, 'StudyDate')}`;
      counts.set(study, (counts.get(study) ?? 0) + 1);
    }

    expect(Object.fromEntries(counts)).toEqual({
      'CT 20261121': 60,
      'MR 20261118': 24,
      'US 20261102': 1,
      'CR 20261120': 1,
      'CT 20260523': 20,
    });
  });

  it('have names in Latin, Greek and Japanese', () => {
    const names = [...new Set(instances.map((instance) => text(instance, 'PatientName')))];

    expect(names).toEqual([
      'Müller^Jürgen',
      'Παπαδοπούλου^Ελένη',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
      'O’Brien^Siobhán',
    ]);
  });

  it('have a UID of their own each, none of which changes from one start to the next', () => {
    const uids = instances.map((instance) => text(instance, 'SOPInstanceUID'));

    expect(new Set(uids).size).toBe(instances.length);
    expect(uids.every((uid) => /^2\.25\.(0|[1-9]\d*)$/.test(uid) && uid.length <= 64)).toBe(true);
    expect(syntheticStudies(now).map((instance) => text(instance, 'SOPInstanceUID'))).toEqual(uids);
  });

  it.each(['CT', 'MR', 'US', 'CR'])('have as many bytes of pixels as a %s announces', (modality) => {
    const dataset = first(modality).dataset();
    const number = (keyword: string, absent: number): number => Number(dataset[keyword] ?? absent);
    const announced =
      number('Rows', 0) *
      number('Columns', 0) *
      number('SamplesPerPixel', 0) *
      (number('BitsAllocated', 0) / 8) *
      number('NumberOfFrames', 1);

    expect((dataset['PixelData'] as ArrayBuffer).byteLength).toBe(announced);
  });

  it('have the same pixels each time, within what a CT can measure', () => {
    const [, , slice] = instances;
    const pixels = (): Int16Array => new Int16Array(slice!.dataset()['PixelData'] as ArrayBuffer);

    expect(digest(pixels())).toBe(digest(pixels()));
    const sorted = pixels().toSorted();
    expect(sorted[0]).toBeGreaterThanOrEqual(-1024);
    expect(sorted.at(-1)).toBeGreaterThan(500);
  });

  it('lie in space as a stack of axial slices', () => {
    const [lowest, next] = instances;

    expect(lowest!.attributes['ImageOrientationPatient']).toEqual(['1', '0', '0', '0', '1', '0']);
    expect(lowest!.attributes['ImagePositionPatient']).toEqual(['-200', '-200', '0']);
    expect(next!.attributes['ImagePositionPatient']).toEqual(['-200', '-200', '4.5']);
  });
});
