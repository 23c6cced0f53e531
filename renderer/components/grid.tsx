/* eslint-disable jsx-a11y/prefer-tag-over-role -- a table lays out all of its rows, and here only those in sight are drawn */
import './grid.css';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactElement,
  type ReactNode,
} from 'react';
import { columnTracks, totalWidth, type Column, type ColumnWidths, type Sort } from './grid-column.ts';
import { GridFocus } from './grid-focus.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import type { Selection } from './grid-selection.ts';
import { sortRows } from './grid-sort.ts';

export interface GridProps<Row> {
  /** Its accessible name. */
  readonly name: string;
  /** The same array as long as the columns are the same. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** One row's own name among all: its selection stays with it when the order changes. */
  readonly rowKey: (row: Row) => string;
  readonly selection: Selection;
  readonly onSelectionChange: (selection: Selection) => void;
  /** `null`: in the order they were given. */
  readonly sort: Sort | null;
  readonly onSortChange: (sort: Sort) => void;
  /** Enter, or a double click. */
  readonly onActivate?: (row: Row) => void;
  /** Shift+Enter. */
  readonly onAlternateActivate?: (row: Row) => void;
  /** Stands below the header while there are no rows. */
  readonly children?: ReactNode;
}

/** Pixels; the token --row says the same to the style sheets. */
const rowHeight = 28;
const rowsBeyond = 6;

/**
 * A table for tens of thousands of rows: only those in sight are drawn. One tab stop for the header,
 * one for the rows; arrows, Home, End, Page Up and Page Down move, typing letters finds.
 */
export function Grid<Row>(props: GridProps<Row>): ReactElement {
  const { columns, selection } = props;
  const [widths, setWidths] = useState<ColumnWidths>({});
  const { rows, order, activeIndex, scroller, virtualizer, focus } = useDrawnRows(props);
  return (
    <div className="grid-frame">
      <div
        ref={scroller}
        className="grid"
        role="grid"
        aria-label={props.name}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        tabIndex={-1}
        style={useGridStyle(columns, widths)}
        onKeyDown={focus.onKeyDown}
      >
        <GridHeader
          columns={columns}
          widths={widths}
          onWidthsChange={setWidths}
          sort={props.sort}
          onSortChange={props.onSortChange}
          onLeave={focus.focusRows}
        />
        <div className="grid-rows" role="rowgroup" style={{ blockSize: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            const key = order[index];
            if (row === undefined || key === undefined) return null;
            return (
              <GridRow
                key={key}
                row={row}
                columns={columns}
                index={index}
                offset={start - rowHeight}
                isTabStop={index === Math.max(0, activeIndex)}
                isSelected={selection.keys.has(key)}
                onReach={focus.reach}
                onFocused={focus.focused}
                onActivate={focus.activate}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? <div className="grid-blank">{props.children}</div> : null}
    </div>
  );
}

/** The rows in their order, which of them are in sight, and which has the keyboard. */
function useDrawnRows<Row>(props: GridProps<Row>) {
  const { columns, rowKey, sort, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => sortRows(props.rows, columns, sort), [props.rows, columns, sort]);
  const order = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const activeIndex = useMemo(
    () => (selection.activeKey === null ? -1 : order.indexOf(selection.activeKey)),
    [order, selection.activeKey],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: rowsBeyond,
    // The header is inside the scroller and stays on top of the rows.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    // A row that has the focus and is scrolled away stays drawn: else the focus would be lost.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), activeIndex),
  });
  const drawn = { grid: props, rows, order, scroller, rowHeight, virtualizer };
  const [focus] = useState(() => new GridFocus<Row>(drawn));
  useLayoutEffect(() => focus.wasDrawn(drawn));
  return { rows, order, activeIndex, scroller, virtualizer, focus };
}

function withRow(indexes: number[], index: number): number[] {
  const [first, last] = [indexes[0], indexes.at(-1)];
  if (index < 0 || first === undefined || last === undefined) return indexes;
  if (index < first) return [index, ...indexes];
  return index > last ? [...indexes, index] : indexes;
}

function useGridStyle<Row>(columns: readonly Column<Row>[], widths: ColumnWidths): CSSProperties {
  const tracks = columnTracks(columns, widths);
  const width = totalWidth(columns, widths);
  // Custom properties are not in CSSProperties, and React passes them through as they are.
  return useMemo(
    () => ({ '--grid-tracks': tracks, '--grid-width': `${width}px` }) as CSSProperties,
    [tracks, width],
  );
}
