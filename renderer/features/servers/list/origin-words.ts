import type { ServerOrigin } from '../../../../electron/contract/server.ts';
import { fileName } from '../file-name.ts';

/** Where a server comes from: a word for its badge, and the line of the file where there is one. */
export function originWords(origin: ServerOrigin): { readonly word: string; readonly place: string | null } {
  switch (origin.kind) {
    case 'user':
      return { word: 'user', place: null };
    case 'csv':
      return { word: 'CSV', place: null };
    case 'demonstration':
      return { word: 'demonstration', place: null };
    case 'administrator':
      return { word: 'administrator', place: `${fileName(origin.file)}:${origin.line}` };
  }
}
