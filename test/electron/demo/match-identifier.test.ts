import { describe, expect, it } from 'vitest';
import { matchIdentifier, textsOf } from '../../../electron/demo/match-identifier.ts';

const instances = [
  { name: 'Müller^Jürgen', date: '20261101', modality: 'CT', study: '1', series: '1.1', image: '1.1.1' },
  { name: 'Müller^Jürgen', date: '20261101', modality: 'SR', study: '1', series: '1.2', image: '1.2.1' },
  { name: 'Müller^Jürgen', date: '20261101', modality: 'CT', study: '1', series: '1.1', image: '1.1.2' },
  {
    name: 'Yamada^Tarou=山田^太郎',
    date: '20260715',
    modality: 'US',
    study: '2',
    series: '2.1',
    image: '2.1.1',
  },
].map(({ name, date, modality, study, series, image }) => ({
  PatientName: name,
  StudyDate: date,
  Modality: modality,
  StudyInstanceUID: study,
  SeriesInstanceUID: series,
  SOPInstanceUID: image,
}));

function studies(identifier: Readonly<Record<string, unknown>>): unknown[] {
  return matchIdentifier(instances, 'STUDY', identifier).map((match) => match['StudyInstanceUID']);
}

describe('matching an identifier', () => {
  it('gives one answer for each study, with what was asked and its counts', () => {
    const [match] = matchIdentifier(instances, 'STUDY', {
      QueryRetrieveLevel: 'STUDY',
      PatientName: 'm*',
      ModalitiesInStudy: '',
      NumberOfStudyRelatedSeries: '',
      NumberOfStudyRelatedInstances: '',
      AccessionNumber: '',
    });

    expect(match).toEqual({
      QueryRetrieveLevel: 'STUDY',
      SpecificCharacterSet: 'ISO_IR 192',
      StudyInstanceUID: '1',
      PatientName: 'Müller^Jürgen',
      ModalitiesInStudy: ['CT', 'SR'],
      NumberOfStudyRelatedSeries: '2',
      NumberOfStudyRelatedInstances: '3',
      AccessionNumber: '',
    });
  });

  it('knows wildcards, in each way a name is written', () => {
    expect(studies({ PatientName: 'MÜLLER*' })).toEqual(['1']);
    expect(studies({ PatientName: 'M?ller^*' })).toEqual(['1']);
    expect(studies({ PatientName: '山田*' })).toEqual(['2']);
    expect(studies({ PatientName: 'üller' })).toEqual([]);
    expect(studies({ PatientName: 'M.*' })).toEqual([]);
  });

  it('knows ranges of dates with open ends', () => {
    expect(studies({ StudyDate: '20260701-20260731' })).toEqual(['2']);
    expect(studies({ StudyDate: '20260801-' })).toEqual(['1']);
    expect(studies({ StudyDate: '-20260715' })).toEqual(['2']);
    expect(studies({ StudyDate: '20261101' })).toEqual(['1']);
  });

  it('knows several values, and lists of UIDs', () => {
    expect(studies({ ModalitiesInStudy: ['US', 'MR'] })).toEqual(['2']);
    expect(studies({ ModalitiesInStudy: 'SR' })).toEqual(['1']);
    expect(studies({ StudyInstanceUID: '2\\1' })).toEqual(['1', '2']);
  });

  it('answers at the levels of series and image', () => {
    const series = matchIdentifier(instances, 'SERIES', { StudyInstanceUID: '1', Modality: 'CT' });
    const images = matchIdentifier(instances, 'IMAGE', { SeriesInstanceUID: '1.1' });

    expect(series.map((match) => match['SeriesInstanceUID'])).toEqual(['1.1']);
    expect(images.map((match) => match['SOPInstanceUID'])).toEqual(['1.1.1', '1.1.2']);
  });

  it('reads values in each form that dcmjs gives them', () => {
    expect(textsOf([{ Alphabetic: 'A^B', Ideographic: '山^田' }])).toEqual(['A^B=山^田']);
    expect(textsOf(Object('boxed'))).toEqual(['boxed']);
    expect(textsOf(['A', 3])).toEqual(['A', '3']);
    expect(textsOf(undefined)).toEqual([]);
  });
});
