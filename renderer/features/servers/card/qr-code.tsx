import './qr-code.css';
import { useMemo, type ReactElement } from 'react';
import { encode } from 'uqr';

/** A text as a QR code, dark on light whatever the theme: cameras read no other. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const { size, data } = useMemo(() => encode(text, { ecc: 'M', border: quietModules }), [text]);
  const path = useMemo(() => pathOf(data), [data]);
  return (
    <figure className="qr-code" aria-label={label}>
      <svg aria-hidden viewBox={`0 0 ${size} ${size}`}>
        <path d={path} />
      </svg>
    </figure>
  );
}

/** The light margin that readers need (ISO/IEC 18004). */
const quietModules = 4;

/** Every dark module as a square of the path; those side by side as one rectangle. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) => runsIn(row).map(([from, to]) => `M${from} ${y}h${to - from}v1h${from - to}z`))
    .join('');
}

function runsIn(row: readonly boolean[]): readonly (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let from = 0; from < row.length; from += 1) {
    if (row[from] !== true) continue;
    let to = from;
    while (row[to] === true) to += 1;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}
