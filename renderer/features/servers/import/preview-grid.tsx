import { useMemo, useState, type ReactElement } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { ImportPreview, ImportRow } from '../../../../electron/contract/import-servers.ts';
import {
  EmptyState,
  Grid,
  nothingSelected,
  StatusDot,
  type Column,
  type Sort,
} from '../../../components/index.ts';
import { formatCount } from '../../../format/index.ts';
import { countKinds, kindStatuses, kindWords, rowName, rowWords, type RowKind } from './import-words.ts';

const kinds: readonly RowKind[] = ['add', 'change', 'same', 'conflict', 'bad'];

/** Every row with what would come of it; the sums are the filter. */
export function PreviewGrid({ preview }: { readonly preview: ImportPreview }): ReactElement {
  const counts = useMemo(() => countKinds(preview), [preview]);
  const [shown, show] = useState<RowKind | null>(counts.bad > 0 ? 'bad' : null);
  const [selection, select] = useState(nothingSelected);
  const [sort, setSort] = useState<Sort | null>(null);
  const rows = useMemo(
    () => (shown === null ? preview.rows : preview.rows.filter(({ kind }) => kind === shown)),
    [preview, shown],
  );
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
        <ToggleButton id="all" className="import-filter-part">
          {formatCount(preview.rows.length)} rows
        </ToggleButton>
        {kinds.map((kind) => (
          <ToggleButton key={kind} id={kind} className="import-filter-part">
            {formatCount(counts[kind])} {kindWords[kind].toLowerCase()}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="import-rows">
        <Grid
          name="Rows of the list"
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          selection={selection}
          onSelectionChange={select}
          sort={sort}
          onSortChange={setSort}
        >
          <EmptyState title="No row of this kind" />
        </Grid>
      </div>
    </>
  );
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
