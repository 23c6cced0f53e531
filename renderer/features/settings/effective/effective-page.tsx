import './effective.css';
import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { EffectiveFile, EffectiveValue } from '../../../../electron/contract/effective-configuration.ts';
import { Notice, Panel, StatusDot, TimeAgo, type Status } from '../../../components/index.ts';
import { FailureNotice } from '../../../failures/index.ts';
import { visibleText } from '../../../format/index.ts';
import { aboutWords, bySection, fileWords, originText } from './effective-words.ts';
import { useEffective } from './use-effective.ts';

/** Every value that counts, who set it and where, and whether it can be changed here. */
export function EffectivePage(): ReactElement {
  const { kept, changedAt } = useEffective();
  return (
    <Panel title="Effective configuration" isForReading>
      <div className="effective">
        {kept.kind === 'failed' ? (
          <FailureNotice failure={kept.failure} who={{ server: 'the server', ourAeTitle: '' }} isNew />
        ) : null}
        <output className="effective-news">
          {changedAt === null ? (
            <span className="muted">
              What counts now. A change to an administrator’s file shows here at once.
            </span>
          ) : (
            <StatusDot state="ok">
              Taken over anew <TimeAgo at={changedAt} />
            </StatusDot>
          )}
        </output>
        {kept.kind === 'answered' ? (
          <>
            <Files files={kept.value.files} />
            {bySection(kept.value.values).map(({ section, values }) => (
              <Section key={section} section={section} values={values} />
            ))}
          </>
        ) : null}
      </div>
    </Panel>
  );
}

function Files({ files }: { readonly files: readonly EffectiveFile[] }): ReactElement {
  if (files.length === 0) {
    return (
      <Notice tone="info" title="There is no administrator’s file.">
        <p className="muted">Every value is your own or the usual one.</p>
      </Notice>
    );
  }
  return (
    <ol className="effective-files" aria-label="Administrator’s files, in the order in which they count">
      {files.map((file) => (
        <li key={file.file}>
          <p className="mono">{visibleText(file.file)}</p>
          {aboutWords(file) === '' ? null : <p>{aboutWords(file)}</p>}
          <p className="muted">
            SHA-256 <span className="mono">{file.sha256 ?? 'not known: it could not be read'}</span>
          </p>
          <StatusDot state={stateOf(file)}>{fileWords(file)}</StatusDot>
          <Problems problems={file.problems} />
        </li>
      ))}
    </ol>
  );
}

function stateOf({ errors, warnings, signature }: EffectiveFile): Status {
  if (errors > 0 || signature === 'refused') return 'failure';
  return warnings > 0 ? 'warning' : 'ok';
}

/** What could not be obeyed, or should be looked at, by its line. */
function Problems({ problems }: Pick<EffectiveFile, 'problems'>): ReactElement | null {
  if (problems.length === 0) return null;
  return (
    <ul className="effective-problems">
      {problems.map(({ line, column, key, reason }) => (
        <li key={`${line}:${column}:${key}:${reason}`}>
          <span className="mono">{`Line ${line}${key === '' ? '' : ` ${visibleText(key)}`}`}</span> {reason}
        </li>
      ))}
    </ul>
  );
}

function Section({
  section,
  values,
}: {
  readonly section: string;
  readonly values: readonly EffectiveValue[];
}): ReactElement {
  return (
    <table className="effective-values">
      <caption>
        <span className="mono">{`[${section}]`}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Value</th>
          <th scope="col">Set by</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ key, value, origin, locked }) => (
          <tr key={key}>
            <th scope="row" className="mono">
              {key}
            </th>
            <td className="mono">
              {value === '' ? <span className="muted">empty</span> : visibleText(value)}
            </td>
            <td>
              {locked ? <Lock aria-label="Locked" /> : null} {originText(origin)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
