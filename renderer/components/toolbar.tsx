import './toolbar.css';
import type { ReactElement, ReactNode } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';

/** A row of buttons that is one tab stop: arrow keys move inside it. */
export function Toolbar({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <AriaToolbar className="toolbar" aria-label={label}>
      {children}
    </AriaToolbar>
  );
}

/** Pushes what follows to the far end of a toolbar. */
export function ToolbarGap(): ReactElement {
  return <span className="toolbar-gap" />;
}
