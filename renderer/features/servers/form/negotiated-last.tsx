import './negotiated-last.css';
import { ArrowDownToLine, ArrowUpFromLine } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import { negotiatedLines, type NegotiatedLine } from '../../../../electron/contract/describe-observations.ts';
import type { SeenObjects } from '../../../../electron/contract/observations.ts';
import { TimeAgo } from '../../../components/index.ts';
import { countOf, formatRate } from '../../../format/index.ts';

/**
 * In which transfer syntax each kind of object really came from this server, or went to it, the last time,
 * and how fast. It keeps its place however many there are.
 */
export function NegotiatedLast({ objects }: { readonly objects: readonly SeenObjects[] }): ReactElement {
  const titleId = useId();
  const lines = negotiatedLines(objects);
  return (
    <div className="field">
      <div className="field-head">
        <span id={titleId}>Negotiated last time</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="negotiated" aria-labelledby={titleId} tabIndex={0}>
        {lines.length === 0 ? (
          <p className="muted">Nothing has come or gone yet</p>
        ) : (
          <table>
            <colgroup>
              <col className="negotiated-what" />
              <col />
              <col className="negotiated-speed" />
              <col className="negotiated-when" />
            </colgroup>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Modality</th>
                <th scope="col">Compression</th>
                <th scope="col">Speed</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <Line key={line.key} line={line} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function Line({ line }: { readonly line: NegotiatedLine }): ReactElement {
  const { what, direction, method, compression, transferSyntax, count, bytesPerSecond, at } = line;
  const Arrow = direction === 'received' ? ArrowDownToLine : ArrowUpFromLine;
  const way = `${direction} by ${method}`;
  return (
    <tr title={`${what} as ${transferSyntax}: ${countOf(count, 'object', 'objects')} ${way}`}>
      <th scope="row">
        <Arrow className="negotiated-way" aria-hidden />
        {what} <span className="visually-hidden">{way}</span>
      </th>
      <td>
        {compression} <span className="visually-hidden">({transferSyntax})</span>
      </td>
      <td className="negotiated-number">{formatRate(bytesPerSecond)}</td>
      <td className="negotiated-number muted">
        <TimeAgo at={at} />
      </td>
    </tr>
  );
}
