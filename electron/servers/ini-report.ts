import type { IniProblem } from '../contract/server.ts';

/** From 1, both; of a number alone, the first column. */
export type IniPlace = number | { readonly line: number; readonly column: number };

/** Collects what is wrong in one file. */
export interface IniReport {
  error(place: IniPlace, key: string, reason: string): void;
  warning(place: IniPlace, key: string, reason: string): void;
  /** In the order of the lines. */
  problems(): readonly IniProblem[];
}

// A binary file taken for an INI has a problem in every line; a person reads the first few.
const mostProblems = 200;

export function iniReport(file: string): IniReport {
  const problems: IniProblem[] = [];
  let more = 0;

  function add(problem: Omit<IniProblem, 'file'>): void {
    if (problems.length < mostProblems) problems.push({ file, ...problem, key: readable(problem.key) });
    else more += 1;
  }

  return {
    error: (place, key, reason) => add({ severity: 'error', ...exactly(place), key, reason }),
    warning: (place, key, reason) => add({ severity: 'warning', ...exactly(place), key, reason }),
    problems() {
      const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
      if (more === 0) return inOrder;
      const line = inOrder.at(-1)?.line ?? 1;
      return [
        ...inOrder,
        {
          severity: 'error',
          file,
          line,
          column: 1,
          key: '',
          reason: `There are ${more} further problems. Correct these first.`,
        },
      ];
    },
  };
}

function exactly(place: IniPlace): { readonly line: number; readonly column: number } {
  return typeof place === 'number' ? { line: place, column: 1 } : { line: place.line, column: place.column };
}

/** A key comes from the file as it is; what can't be seen in it is shown as a question mark. */
function readable(key: string): string {
  return key.slice(0, 64).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
