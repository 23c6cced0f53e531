import type { ReactElement } from 'react';
import type { SetAside } from '../../../../electron/contract/server.ts';
import { Notice } from '../../../components/index.ts';
import { countOf } from '../../../format/index.ts';

/** Entries that were saved once and can't be used now. Nothing where there are none. */
export function SetAsideNotice({
  setAside,
}: {
  readonly setAside: readonly SetAside[];
}): ReactElement | null {
  if (setAside.length === 0) return null;
  return (
    <section className="ini-problems" aria-label="Saved servers that can’t be used">
      <Notice
        tone="warning"
        title={`${countOf(setAside.length, 'saved server', 'saved servers')} can’t be used`}
      >
        <ol>
          {setAside.map(({ name, problems }) => (
            <li key={name}>
              <div>{name}</div>
              <div className="muted">{problems.map(({ message }) => message).join(' ')}</div>
            </li>
          ))}
        </ol>
        <p className="muted">They are kept in the settings file as they are.</p>
      </Notice>
    </section>
  );
}
