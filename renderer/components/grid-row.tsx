/* eslint-disable jsx-a11y/prefer-tag-over-role -- a table lays out all of its rows, and here only those in sight are drawn */
import { memo, type MouseEvent, type ReactElement } from 'react';
import type { Column } from './grid-column.ts';
import type { Reach } from './grid-selection.ts';

interface GridRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly index: number;
  /** Pixels below the header. */
  readonly offset: number;
  /** Tab comes here, of all rows. */
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly onReach: (index: number, reach: Reach) => void;
  readonly onFocused: (index: number) => void;
  readonly onActivate: (index: number) => void;
}

function PlainGridRow<Row>(props: GridRowProps<Row>): ReactElement {
  const { row, columns, index, onReach, onFocused, onActivate } = props;
  return (
    <div
      role="row"
      className="grid-row"
      data-index={index}
      // The header is row 1.
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      tabIndex={props.isTabStop ? 0 : -1}
      style={{ transform: `translateY(${props.offset}px)` }}
      onMouseDown={(event) => onReach(index, reachOf(event))}
      onFocus={(event) => {
        if (event.target === event.currentTarget) onFocused(index);
      }}
      onDoubleClick={() => onActivate(index)}
    >
      {columns.map((column, columnIndex) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={columnIndex + 1}
          className="grid-cell"
          data-align={column.align}
        >
          {column.show(row)}
        </div>
      ))}
    </div>
  );
}

/** Drawn again only when something of its own changed. `memo` forgets the type parameter, so it is put back. */
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;

function reachOf(event: MouseEvent): Reach {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'alone';
}
