import { useMemo, useState, type ReactElement } from 'react';
import { ToggleButtonGroup } from 'react-aria-components';
import type { ImportPreview, ImportRow } from '../../../../electron/contract/import-servers.ts';
import {
  Button,
  EmptyState,
  FilterToggle,
  Grid,
  nothingSelected,
  StatusDot,
  type Column,
  type Sort,
} from '../../../components/index.ts';
import { countOf, formatCount } from '../../../format/index.ts';
import { canBeTaken, toggled, withAll, type LeftOut } from './left-out.ts';
import {
  countKinds,
  countWords,
  kindStatuses,
  kindWords,
  rowName,
  rowWords,
  type RowKind,
} from './import-words.ts';

const kinds: readonly RowKind[] = ['add', 'change', 'same', 'conflict', 'bad'];

interface PreviewGridProps {
  readonly preview: ImportPreview;
  readonly leftOut: LeftOut;
  readonly onLeaveOut: (leftOut: LeftOut) => void;
}

/** Every row with what would come of it, and whether it is wanted; the sums are the filter. */
export function PreviewGrid({ preview, leftOut, onLeaveOut }: PreviewGridProps): ReactElement {
  const counts = useMemo(() => countKinds(preview), [preview]);
  const [shown, show] = useState<RowKind | null>(counts.bad > 0 ? 'bad' : null);
  const [selection, select] = useState(nothingSelected);
  const [sort, setSort] = useState<Sort | null>(null);
  const rows = useMemo(
    () => (shown === null ? preview.rows : preview.rows.filter(({ kind }) => kind === shown)),
    [preview, shown],
  );
  const toggle = (row: ImportRow): void => onLeaveOut(toggled(leftOut, row));
  return (
    <>
      <ToggleButtonGroup
        className="import-filter"
        aria-label="Rows by what would come of them"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[shown ?? 'all']}
        onSelectionChange={(keys) => show(kinds.find((kind) => keys.has(kind)) ?? null)}
      >
        <FilterToggle id="all">{countOf(preview.rows.length, 'row', 'rows')}</FilterToggle>
        {kinds.map((kind) => (
          <FilterToggle key={kind} id={kind}>
            {formatCount(counts[kind])} {countWords[kind]}
          </FilterToggle>
        ))}
      </ToggleButtonGroup>
      <div className="import-rows">
        <Grid
          name="Rows of the list"
          columns={columnsWith(leftOut, toggle)}
          rows={rows}
          onActivate={toggle}
          rowKey={keyOf}
          selection={selection}
          onSelectionChange={select}
          sort={sort}
          onSortChange={setSort}
        >
          <EmptyState title="No row of this kind" />
        </Grid>
      </div>
      <TakeShown rows={rows} leftOut={leftOut} onLeaveOut={onLeaveOut} />
    </>
  );
}

/** All rows in sight at once, and how a single one is left out. */
function TakeShown({
  rows,
  leftOut,
  onLeaveOut,
}: Omit<PreviewGridProps, 'preview'> & { readonly rows: readonly ImportRow[] }): ReactElement {
  const takable = rows.filter(canBeTaken);
  const taken = takable.filter(({ row }) => !leftOut.has(row)).length;
  return (
    <div className="import-take">
      <Button
        isDisabled={taken === takable.length}
        onPress={() => onLeaveOut(withAll(leftOut, takable, true))}
      >
        Take all of these
      </Button>
      <Button isDisabled={taken === 0} onPress={() => onLeaveOut(withAll(leftOut, takable, false))}>
        Leave all of these out
      </Button>
      <output className="muted">
        {`${formatCount(taken)} of ${formatCount(takable.length)} taken. Enter on a row leaves it out, or takes it again.`}
      </output>
    </div>
  );
}

/** With the tick of each row that would change something. */
function columnsWith(leftOut: LeftOut, toggle: (row: ImportRow) => void): readonly Column<ImportRow>[] {
  const take: Column<ImportRow> = {
    id: 'take',
    name: 'Take',
    width: 56,
    show: (row) =>
      canBeTaken(row) ? (
        <input
          type="checkbox"
          // On the row itself, Enter does the same: Tab goes from the rows to what comes after them.
          tabIndex={-1}
          aria-label={`Take over line ${row.row}, ${rowName(row)}`}
          checked={!leftOut.has(row.row)}
          onChange={() => toggle(row)}
          onDoubleClick={(event) => event.stopPropagation()}
        />
      ) : null,
    sortKey: (row) => (canBeTaken(row) ? Number(leftOut.has(row.row)) : 2),
  };
  return [take, ...columns];
}

function keyOf({ row }: ImportRow): string {
  return String(row);
}

const columns: readonly Column<ImportRow>[] = [
  {
    id: 'row',
    name: 'Line',
    width: 56,
    align: 'end',
    show: ({ row }) => <span>{row}</span>,
    sortKey: ({ row }) => row,
  },
  {
    id: 'kind',
    name: 'What',
    width: 112,
    show: ({ kind }) => <StatusDot state={kindStatuses[kind]}>{kindWords[kind]}</StatusDot>,
    sortKey: ({ kind }) => kinds.indexOf(kind),
  },
  {
    id: 'name',
    name: 'Server',
    width: 200,
    show: (row) => <span title={rowName(row)}>{rowName(row)}</span>,
    sortKey: rowName,
    findText: rowName,
  },
  {
    id: 'words',
    name: 'Why',
    width: 240,
    grows: true,
    show: (row) => <span title={rowWords(row)}>{rowWords(row)}</span>,
    sortKey: rowWords,
  },
];
