import type { ReactElement } from 'react';
import type { IniProblem } from '../../../../electron/contract/server.ts';
import { Notice } from '../../../components/index.ts';
import { fileName } from '../file-name.ts';

/** The lines of the administrator's file that could not be obeyed. Nothing where all is well. */
export function IniProblems({ problems }: { readonly problems: readonly IniProblem[] }): ReactElement | null {
  const [first] = problems;
  if (first === undefined) return null;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <section className="ini-problems" aria-label="Administrator's file">
      <Notice
        tone={errors > 0 ? 'failure' : 'warning'}
        title={
          problems.length === 1
            ? `1 line of ${fileName(first.file)} needs attention`
            : `${problems.length} lines of ${fileName(first.file)} need attention`
        }
      >
        <ol>
          {problems.map((problem) => (
            <Problem
              key={`${problem.file}:${problem.line}:${problem.key}:${problem.reason}`}
              problem={problem}
            />
          ))}
        </ol>
      </Notice>
    </section>
  );
}

function Problem({
  problem: { severity, file, line, key, reason },
}: {
  readonly problem: IniProblem;
}): ReactElement {
  return (
    <li>
      <div className="ini-problem-place mono" title={`${file}:${line}`}>
        {`${fileName(file)}:${line}`}
        {key === '' ? null : ` ${key}`}
      </div>
      <div>
        {severity === 'error' ? 'Fault: ' : 'Warning: '}
        {reason}
      </div>
    </li>
  );
}
