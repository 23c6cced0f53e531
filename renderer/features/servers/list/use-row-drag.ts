import { useState, type DragEvent, type HTMLAttributes } from 'react';

export type Position = 'before' | 'after';

export interface RowDrag {
  /** Of the row's content: what makes it movable by mouse. */
  readonly rowProps: (id: string) => HTMLAttributes<HTMLElement>;
  /** Where the row that is being dragged would land beside this one; `null`: not here. */
  readonly landing: (id: string) => Position | null;
}

/** Private, so that nothing else takes a dragged row for something of its own. */
const dragType = 'application/x-gantry-server';

/** Rows that can be dragged before or after each other. */
export function useRowDrag(onDrop: (id: string, target: string, position: Position) => void): RowDrag {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<{ readonly id: string; readonly position: Position } | null>(null);
  const end = (): void => {
    setDragged(null);
    setOver(null);
  };
  return {
    landing: (id) => (over?.id === id && dragged !== id ? over.position : null),
    rowProps: (id) => ({
      draggable: true,
      onDragStart: (event) => {
        event.dataTransfer.setData(dragType, id);
        event.dataTransfer.effectAllowed = 'move';
        setDragged(id);
      },
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setOver({ id, position: positionIn(event) });
      },
      onDrop: (event) => {
        if (dragged === null) return;
        event.preventDefault();
        onDrop(dragged, id, positionIn(event));
        end();
      },
      onDragEnd: end,
    }),
  };
}

function positionIn({ currentTarget, clientY }: DragEvent): Position {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY < top + height / 2 ? 'before' : 'after';
}
