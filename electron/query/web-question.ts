import type { IdentifierKey } from '../dataset/index.ts';
import type { SearchResource } from '../dicomweb/index.ts';
import type { Question } from './query-association.ts';

/**
 * A question of C-FIND as one of QIDO-RS (PS3.18 §10.6.1): the unique keys above the level that is asked for
 * are its place in the tree there, and no keys.
 */
export function webQuestion({ level, keys }: Question): {
  readonly resource: SearchResource;
  readonly keys: readonly IdentifierKey[];
} {
  const valueOf = (name: string): string => keys.find(({ keyword }) => keyword === name)?.value ?? '';
  const without = (...names: readonly string[]): readonly IdentifierKey[] =>
    keys.filter(({ keyword, value }) => value === '' || !names.includes(keyword));
  const studyInstanceUid = valueOf('StudyInstanceUID');
  switch (level) {
    case 'STUDY':
      return { resource: { level }, keys };
    case 'SERIES':
      return { resource: { level, studyInstanceUid }, keys: without('StudyInstanceUID') };
    case 'IMAGE': {
      const seriesInstanceUid = valueOf('SeriesInstanceUID') || null;
      return {
        resource: { level, studyInstanceUid, seriesInstanceUid },
        keys: without('StudyInstanceUID', 'SeriesInstanceUID'),
      };
    }
  }
}
