import { describe, expect, it } from 'vitest';
import type { ArchiveStudy } from '../../../../electron/contract/archive.ts';
import { overlayText, positionText, windowText } from '../../../../renderer/features/viewer/overlay-text.ts';
import { slidesOf } from '../../../../renderer/features/viewer/slides.ts';
import { emptyStack, type StackState } from '../../../../renderer/features/viewer/stack-state.ts';
import { buildImage, buildInstance, buildSeries } from './build-series.ts';

const study: ArchiveStudy = {
  studyInstanceUid: '1',
  patientName: 'Yamada^Tarou=山田^太郎',
  patientId: 'A1',
  patientBirthDate: '19650412',
  patientSex: 'M',
  studyDate: '20261120',
  studyTime: '',
  studyDescription: 'Chest',
  accessionNumber: '',
  modalities: ['CT'],
  seriesCount: 1,
  instanceCount: 1,
  bytes: 0,
  receivedAt: '',
};

describe('the text on a picture', () => {
  it('says whose it is', () => {
    const [name, id, person] = overlayText(study, emptyStack).topLeft;

    expect(name).toBe('Yamada, Tarou 山田 太郎');
    expect(id).toBe('A1');
    expect(person).toMatch(/1965.* · M$/);
  });

  it('says when there is no name, and leaves out what is absent', () => {
    const anonymous = { ...study, patientName: '', patientId: '', patientBirthDate: '', patientSex: '' };

    expect(overlayText(anonymous, emptyStack).topLeft).toEqual(['No name']);
  });

  it('says which image of the stack it is, and which frame of it', () => {
    expect(overlayText(study, shown()).bottomLeft).toEqual([
      'CT · 3 Chest 1.0',
      'Image 2 of 4 · No. 7 · Frame 2 of 4',
    ]);
  });

  it('says how it is shown', () => {
    const state = { ...shown(), inverted: true, window: { center: 40, width: 400 }, zoomPercent: 182.3 };

    expect(overlayText(study, state).bottomRight).toEqual(['Lossy', 'Inverted', 'Zoom 182 %', 'W 400 L 40']);
  });

  it('is empty where nothing is open', () => {
    expect(overlayText(null, emptyStack)).toEqual({
      topLeft: [],
      topRight: [],
      bottomLeft: [],
      bottomRight: [],
    });
  });

  it('rounds windows, but keeps the digits of small ones', () => {
    expect(windowText({ center: 39.6, width: 400.2 })).toBe('W 400 L 40');
    expect(windowText({ center: 0.00125, width: 1.2345 })).toBe('W 1.23 L 0.00125');
  });

  it('names the position for those who can’t see it', () => {
    expect(positionText({ index: 0, count: 60, slide: null })).toBe('Image 1 of 60');
    expect(positionText({ index: 0, count: 0, slide: null })).toBe('No image');
  });

  it('calls nothing an image that is none', () => {
    const slideOf = (said: Parameters<typeof buildInstance>[0]): StackState['slide'] =>
      slidesOf(buildSeries([buildInstance({ image: null, ...said })]))[0]!;

    expect(
      positionText({ index: 0, count: 1, slide: slideOf({ notShown: { cause: 'no-pixel-data' } }) }),
    ).toBe('Object 1 of 1');
    expect(
      positionText({ index: 0, count: 1, slide: slideOf({ notShown: { cause: 'damaged', detail: 'cut' } }) }),
    ).toBe('Image 1 of 1');
  });
});

function shown(): StackState {
  const image = buildImage({ frameCount: 4, lossy: true });
  const slides = slidesOf(buildSeries([buildInstance({ image, instanceNumber: '7' })]));
  return { ...emptyStack, phase: 'shown', index: 1, count: 4, slide: slides[1]! };
}
