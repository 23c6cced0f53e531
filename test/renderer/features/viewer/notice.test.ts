import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../../renderer/features/viewer/notice.ts';
import { buildInstance } from './build-series.ts';

const structuredReport = '1.2.840.10008.5.1.4.1.1.88.33';

describe('what stands in the place of a picture', () => {
  it('is nothing where there is a picture', () => {
    expect(noticeOf(buildInstance())).toBeNull();
  });

  it('names an object that is no image', () => {
    const report = buildInstance({
      sopClassUid: structuredReport,
      image: null,
      notShown: { cause: 'no-pixel-data' },
    });

    expect(noticeOf(report)).toEqual({
      kind: 'not-a-picture',
      title: 'Structured report',
      explanation: 'This object holds no picture.',
    });
  });

  it('says what is not supported', () => {
    const video = buildInstance({ image: null, notShown: { cause: 'unsupported', detail: 'MPEG video' } });

    expect(noticeOf(video)).toEqual({
      kind: 'unsupported',
      title: 'This CT image can’t be shown',
      explanation: 'MPEG video.',
    });
  });

  it('gives a transfer syntax by the name that people know', () => {
    const progressive = buildInstance({
      image: null,
      notShown: { cause: 'unsupported', detail: 'transfer syntax 1.2.840.10008.1.2.4.53' },
    });

    expect(noticeOf(progressive)?.explanation).toBe(
      'Transfer syntax JPEG Spectral Selection (1.2.840.10008.1.2.4.53).',
    );
  });

  it('says what is damaged', () => {
    const cut = buildInstance({
      image: null,
      notShown: { cause: 'damaged', detail: 'pixel data ends early' },
    });

    expect(noticeOf(cut)).toMatchObject({ kind: 'failed', explanation: 'Pixel data ends early.' });
  });

  it('says so even when the archive gave no reason', () => {
    expect(noticeOf(buildInstance({ image: null }))).toMatchObject({
      kind: 'failed',
      title: 'This CT image can’t be shown',
    });
  });
});
