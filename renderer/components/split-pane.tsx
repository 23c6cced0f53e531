import './panel.css';
import type { CSSProperties, ReactElement, ReactNode } from 'react';

export interface SplitPaneProps {
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Which of the two has the fixed width; the other fills the rest. */
  readonly narrow: 'first' | 'second';
  /** The name of the width's token: `--list-width`. */
  readonly width: `--${string}`;
  /** Never one above the other, however small the window. */
  readonly isFixed?: boolean;
}

/** Two panels side by side with a hairline between them. */
export function SplitPane({ first, second, narrow, width, isFixed }: SplitPaneProps): ReactElement {
  // A custom property is not in CSSProperties, and React passes it through as it is.
  const style = { '--split-width': `var(${width})` } as CSSProperties;
  return (
    <div className="split-pane" data-narrow={narrow} data-fixed={isFixed || undefined} style={style}>
      {first}
      {second}
    </div>
  );
}
