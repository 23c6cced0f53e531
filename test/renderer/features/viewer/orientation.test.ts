import { describe, expect, it } from 'vitest';
import {
  edgeLetters,
  lettersAcross,
  lettersOf,
  oppositeOf,
} from '../../../../renderer/features/viewer/orientation.ts';

describe('the letters of a direction in the patient', () => {
  it('name the six plain directions', () => {
    expect(lettersOf([1, 0, 0])).toBe('L');
    expect(lettersOf([-1, 0, 0])).toBe('R');
    expect(lettersOf([0, 1, 0])).toBe('P');
    expect(lettersOf([0, -1, 0])).toBe('A');
    expect(lettersOf([0, 0, 1])).toBe('H');
    expect(lettersOf([0, 0, -1])).toBe('F');
  });

  it('put the strongest first for an oblique one, whatever its length', () => {
    expect(lettersOf([0.8, -0.6, 0])).toBe('LA');
    expect(lettersOf([-3, 0, -4])).toBe('FR');
    expect(lettersOf([0.5, -0.7, 0.51])).toBe('AHL');
  });

  it('leave out what is less than about six degrees off', () => {
    expect(lettersOf([0.999, 0.04, 0])).toBe('L');
  });

  it('are none for no direction', () => {
    expect(lettersOf([0, 0, 0])).toBe('');
  });

  it('turn round letter by letter', () => {
    expect(oppositeOf('ALH')).toBe('PRF');
    expect(oppositeOf('')).toBe('');
  });
});

describe('the letters at the edges of a picture', () => {
  const oriented = { oriented: true, patientOrientation: [] };

  it('come from the directions of an axial picture as it was stored', () => {
    expect(edgeLetters([1, 0, 0], [0, 1, 0], oriented)).toEqual({
      top: 'A',
      right: 'L',
      bottom: 'P',
      left: 'R',
    });
  });

  it('follow the picture when it is turned', () => {
    expect(edgeLetters([0, -1, 0], [1, 0, 0], oriented)).toEqual({
      top: 'R',
      right: 'A',
      bottom: 'L',
      left: 'P',
    });
  });

  it('come from Patient Orientation where the picture has no place in the patient', () => {
    const chest = { oriented: false, patientOrientation: ['L', 'F'] };
    expect(edgeLetters([1, 0, 0], [0, 1, 0], chest)).toEqual({
      top: 'H',
      right: 'L',
      bottom: 'F',
      left: 'R',
    });
    expect(edgeLetters([-1, 0, 0], [0, 1, 0], chest)).toEqual({
      top: 'H',
      right: 'R',
      bottom: 'F',
      left: 'L',
    });
  });

  it('are none where nothing is known', () => {
    const unknown = { oriented: false, patientOrientation: [] };
    expect(edgeLetters([1, 0, 0], [0, 1, 0], unknown)).toEqual({ top: '', right: '', bottom: '', left: '' });
  });

  it('say nothing for directions they can’t turn round', () => {
    expect(lettersAcross(['CD', 'V'], -1, 0)).toBe('');
  });
});
