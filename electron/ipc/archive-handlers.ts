import type { Archive } from '../archive/index.ts';
import type { Handlers } from './handlers.ts';

export function archiveHandlers(archive: () => Archive): Handlers['archive'] {
  return {
    studies: () => archive().studies(),
    series: (studyInstanceUid) => archive().series(studyInstanceUid),
  };
}
