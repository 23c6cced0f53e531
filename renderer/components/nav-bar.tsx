import './app-header.css';
import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Tooltip } from './tooltip.tsx';

export interface NavItem<Id extends string> {
  readonly id: Id;
  /** Its accessible name, exactly. */
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut: string;
  /** Shown beside the label when it is not 0; drawn by the style sheet, so the name stays the label. */
  readonly count?: number;
  /** What the count counts: `running`. */
  readonly countOf?: string;
}

/** The program's screens, of which one is shown. */
export function NavBar<Id extends string>({
  items,
  current,
  onChange,
}: {
  readonly items: readonly NavItem<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
}): ReactElement {
  return (
    <nav className="app-nav" aria-label="Screens" data-region>
      {items.map(({ id, label, shortcut, count = 0, countOf = '' }) => (
        <Tooltip key={id} text="" shortcut={shortcut}>
          <AriaButton
            className="app-nav-item"
            aria-label={label}
            aria-description={count === 0 ? undefined : `${count} ${countOf}`}
            aria-current={id === current ? 'page' : undefined}
            onPress={() => onChange(id)}
          >
            {label}
            {count === 0 ? null : <span className="app-nav-count" data-count={count} />}
          </AriaButton>
        </Tooltip>
      ))}
    </nav>
  );
}
