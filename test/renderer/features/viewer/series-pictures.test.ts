import { describe, expect, it } from 'vitest';
import {
  picturesOf,
  seriesAway,
  seriesToShow,
} from '../../../../renderer/features/viewer/series-pictures.ts';
import { buildInstance, buildSeries } from './build-series.ts';

const report = picturesOf(
  buildSeries(
    [
      buildInstance({
        sopClassUid: '1.2.840.10008.5.1.4.1.1.88.11',
        image: null,
        notShown: { cause: 'no-pixel-data' },
      }),
    ],
    { seriesInstanceUid: '1.1' },
  ),
);
const images = picturesOf(buildSeries([buildInstance()], { seriesInstanceUid: '1.2' }));

describe('the series of a study', () => {
  it('begin with the first that has pictures', () => {
    expect(seriesToShow([report, images], null)).toBe(images);
  });

  it('begin with the first where none has', () => {
    expect(seriesToShow([report], null)).toBe(report);
    expect(seriesToShow([], null)).toBeNull();
  });

  it('show the chosen one, unless it is of another study', () => {
    expect(seriesToShow([report, images], '1.1')).toBe(report);
    expect(seriesToShow([report, images], '9.9')).toBe(images);
  });

  it('say what they are without pictures', () => {
    expect(report).toMatchObject({ pictureCount: 0, what: 'Structured report' });
  });

  it('end at the first and the last', () => {
    expect(seriesAway([report, images], '1.1', 1)).toBe('1.2');
    expect(seriesAway([report, images], '1.2', 1)).toBe('1.2');
    expect(seriesAway([report, images], '1.1', -1)).toBe('1.1');
  });
});
