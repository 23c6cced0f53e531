/* eslint-disable jsx-a11y/prefer-tag-over-role -- a table lays out all of its rows, and here only those in sight are drawn */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { columnWidth, resized, type Column, type ColumnWidths, type Sort } from './grid-column.ts';
import { GridEdge } from './grid-edge.tsx';
import { nextSort } from './grid-sort.ts';

interface GridHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly widths: ColumnWidths;
  readonly onWidthsChange: (widths: ColumnWidths) => void;
  readonly sort: Sort | null;
  readonly onSortChange: (sort: Sort) => void;
  /** Arrow down: on to the rows. */
  readonly onLeave: () => void;
}

/** Pixels that Alt with an arrow adds to a column or takes from it. */
const resizeStep = 16;

/** The header row: one tab stop, left and right move in it, Enter sorts, Alt with left and right resizes. */
export function GridHeader<Row>(props: GridHeaderProps<Row>): ReactElement {
  const { columns, widths } = props;
  const [current, setCurrent] = useState(0);
  const header = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent, index: number): void {
    const column = columns[index];
    const step = stepOf(event.key);
    if (event.key === 'ArrowDown') props.onLeave();
    else if (step === 0 || column === undefined) return;
    else if (event.altKey) {
      const width = columnWidth(column, widths) + step * resizeStep;
      props.onWidthsChange(resized(widths, { columnId: column.id, width }));
    } else {
      const next = Math.min(columns.length - 1, Math.max(0, index + step));
      header.current?.querySelectorAll('button').item(next).focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div ref={header} role="rowgroup" className="grid-header">
      <div role="row" className="grid-row" aria-rowindex={1}>
        {columns.map((column, index) => (
          <GridHeading
            key={column.id}
            {...props}
            column={column}
            index={index}
            isTabStop={index === Math.min(current, columns.length - 1)}
            onFocus={() => setCurrent(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </div>
    </div>
  );
}

interface GridHeadingProps<Row> extends GridHeaderProps<Row> {
  readonly column: Column<Row>;
  readonly index: number;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function GridHeading<Row>({ column, sort, widths, ...props }: GridHeadingProps<Row>): ReactElement {
  const canSort = column.sortKey !== undefined;
  const direction = sort?.columnId === column.id ? sort.direction : undefined;
  return (
    <div
      role="columnheader"
      className="grid-heading"
      data-align={column.align}
      aria-colindex={props.index + 1}
      aria-sort={direction}
    >
      <button
        type="button"
        tabIndex={props.isTabStop ? 0 : -1}
        aria-disabled={canSort ? undefined : true}
        onFocus={props.onFocus}
        onKeyDown={props.onKeyDown}
        onClick={() => {
          if (canSort) props.onSortChange(nextSort(sort, column.id));
        }}
      >
        <span>{column.name}</span>
        {direction === undefined ? null : <SortArrow direction={direction} />}
      </button>
      <GridEdge
        onResize={(width) => props.onWidthsChange(resized(widths, { columnId: column.id, width }))}
        onReset={() => {
          const { [column.id]: _, ...others } = widths;
          props.onWidthsChange(others);
        }}
      />
    </div>
  );
}

function stepOf(key: string): number {
  if (key === 'ArrowLeft') return -1;
  return key === 'ArrowRight' ? 1 : 0;
}

function SortArrow({ direction }: { readonly direction: Sort['direction'] }): ReactElement {
  return direction === 'ascending' ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />;
}
