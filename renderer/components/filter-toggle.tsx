import './filter-toggle.css';
import type { ReactElement, ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';

/** One of a group of toggles that are sums and filter at once: those that it counts are shown. */
export function FilterToggle({
  id,
  children,
}: {
  readonly id: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <ToggleButton id={id} className="filter-toggle">
      {children}
    </ToggleButton>
  );
}
