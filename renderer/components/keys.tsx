import './tooltip.css';
import type { ReactElement } from 'react';

/** A key or a chord as it is printed: `Ctrl+1`. */
export function Keys({ children }: { readonly children: string }): ReactElement {
  return <kbd className="keys">{children}</kbd>;
}
