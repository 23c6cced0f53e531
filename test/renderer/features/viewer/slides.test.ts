import { describe, expect, it } from 'vitest';
import {
  imageIdOf,
  middleSlide,
  pixelsUrlOf,
  placeOf,
  slidesOf,
} from '../../../../renderer/features/viewer/slides.ts';
import { buildImage, buildInstance, buildSeries } from './build-series.ts';

const plain = buildInstance({ sopInstanceUid: '1.1' });
const threeFrames = buildInstance({ sopInstanceUid: '1.2', image: buildImage({ frameCount: 3 }) });
const report = buildInstance({ sopInstanceUid: '1.3', image: null, notShown: { cause: 'no-pixel-data' } });

describe('the slides of a series', () => {
  it('are every frame of every instance, in the order of the archive', () => {
    const slides = slidesOf(buildSeries([threeFrames, plain]));

    expect(slides.map(({ imageId }) => imageId)).toEqual([
      'frame:1.2/1',
      'frame:1.2/2',
      'frame:1.2/3',
      'frame:1.1/1',
    ]);
    expect(slides.map(({ frameNumber }) => frameNumber)).toEqual([1, 2, 3, 1]);
  });

  it('have a place for an instance that has no picture', () => {
    expect(slidesOf(buildSeries([report])).map(({ imageId }) => imageId)).toEqual(['frame:1.3/1']);
  });

  it('are fetched by a path of the page, without origin', () => {
    expect(pixelsUrlOf(imageIdOf('1.2.840', 7))).toBe('/pixels/1.2.840/7');
  });
});

describe('the place of a picture in a stack that grew', () => {
  const slides = slidesOf(buildSeries([plain, threeFrames]));

  it('is where the picture is now', () => {
    expect(placeOf(slides, 'frame:1.2/2', 0)).toBe(2);
  });

  it('stays as near as it can when the picture is gone', () => {
    expect(placeOf(slides, 'frame:9.9/1', 1)).toBe(1);
    expect(placeOf(slides, 'frame:9.9/1', 99)).toBe(3);
    expect(placeOf([], null, 5)).toBe(0);
  });
});

describe('the picture that stands for a series', () => {
  it('is the middle one of those that can be shown', () => {
    expect(middleSlide(slidesOf(buildSeries([report, threeFrames])))?.imageId).toBe('frame:1.2/2');
  });

  it('is none for a series without pictures', () => {
    expect(middleSlide(slidesOf(buildSeries([report])))).toBeNull();
  });
});
