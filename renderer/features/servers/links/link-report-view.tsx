import type { ReactElement } from 'react';
import { describeDrift, statusWords } from '../../../../electron/contract/describe-drift.ts';
import { methodWords, securedWords } from '../../../../electron/contract/describe-observations.ts';
import type { Drift } from '../../../../electron/contract/link-drift.ts';
import type { LinkRow } from '../../../../electron/contract/link-report.ts';
import { linkWords } from '../../../../electron/contract/link-words.ts';
import type { SeenMethod } from '../../../../electron/contract/observations.ts';
import { EmptyState, Notice, TimeAgo } from '../../../components/index.ts';

export interface LinkReportViewProps {
  readonly rows: readonly LinkRow[];
  readonly nameOf: (id: string) => string | null;
  /** What became of saving it; '' where nothing did. */
  readonly said: string;
}

/** Each declared link beside what was really seen of it, and the servers that have none. */
export function LinkReportView({ rows, nameOf, said }: LinkReportViewProps): ReactElement {
  if (rows.length === 0) {
    return <EmptyState title="Nothing to compare">There is no server and no link yet.</EmptyState>;
  }
  return (
    <>
      <output className="link-report-sum">{sumWords(rows)}</output>
      <table className="link-report">
        <thead>
          <tr>
            <th scope="col">Link</th>
            <th scope="col">Declared</th>
            <th scope="col">Last ok</th>
            <th scope="col">Method</th>
            <th scope="col">TLS</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <Row key={row.key} row={row} nameOf={nameOf} />
        ))}
      </table>
      <output className="link-report-said">{said}</output>
    </>
  );
}

function Row({ row, nameOf }: { readonly row: LinkRow } & Pick<LinkReportViewProps, 'nameOf'>): ReactElement {
  const { link, server, seen, drifts } = row;
  const [last] = seen;
  return (
    <tbody>
      <tr>
        <th scope="row">{link === null ? (server?.name ?? '') : linkWords(link, nameOf)}</th>
        <td>
          {link === null ? (
            <span className="muted">no link</span>
          ) : (
            `${link.direction.toUpperCase()}, ${statusWords[link.status]}`
          )}
        </td>
        {last === undefined ? <NothingSeen isOurs={server !== null} /> : <Seen last={last} seen={seen} />}
      </tr>
      {drifts.map((drift) => (
        <DriftRow key={JSON.stringify(drift)} drift={drift} server={server?.name ?? ''} />
      ))}
    </tbody>
  );
}

function Seen({
  last,
  seen,
}: {
  readonly last: SeenMethod;
  readonly seen: readonly SeenMethod[];
}): ReactElement {
  const others = seen.filter(({ method }) => method !== last.method);
  return (
    <>
      <td>
        <TimeAgo at={last.at} />
      </td>
      <td>
        {methodWords[last.method]}
        {last.purpose === 'test' && last.method !== 'c-echo' ? ', in a test' : ''}
        {others.length === 0 ? null : (
          <div className="muted">also {others.map(({ method }) => methodWords[method]).join('; ')}</div>
        )}
      </td>
      <td>{securedWords(last.tls)}</td>
    </>
  );
}

function NothingSeen({ isOurs }: { readonly isOurs: boolean }): ReactElement {
  return (
    <td colSpan={3} className="muted">
      {isOurs ? 'never seen' : 'between others: it can’t be seen from here'}
    </td>
  );
}

function DriftRow({ drift, server }: { readonly drift: Drift; readonly server: string }): ReactElement {
  const { what, advice } = describeDrift(drift, server);
  return (
    <tr className="link-report-drift">
      <td colSpan={5}>
        <Notice tone="warning" title={what}>
          {advice}
        </Notice>
      </td>
    </tr>
  );
}

function sumWords(rows: readonly LinkRow[]): string {
  const links = rows.filter(({ link }) => link !== null);
  const drifted = rows.filter(({ drifts }) => drifts.length > 0);
  const declared = links.length === 1 ? '1 link is declared' : `${links.length} links are declared`;
  switch (drifted.length) {
    case 0:
      return `${declared}. Nothing differs from what was seen.`;
    case 1:
      return `${declared}. One line differs from what was seen.`;
    default:
      return `${declared}. ${drifted.length} lines differ from what was seen.`;
  }
}
