import './tooltip.css';
import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { Keys } from './keys.tsx';

export interface TooltipProps {
  readonly text: string;
  readonly shortcut?: string | undefined;
  /** One focusable child: a Button, IconButton or anything of react-aria-components that can be focused. */
  readonly children: ReactElement;
}

const delayMs = 500;

/** Words and a key, beside what they are about, on hover and on keyboard focus. */
export function Tooltip({ text, shortcut, children }: TooltipProps): ReactElement {
  return (
    <TooltipTrigger delay={delayMs} closeDelay={0}>
      {children}
      <AriaTooltip className="tooltip" offset={4}>
        {text === '' ? null : <span>{text}</span>}
        {shortcut === undefined ? null : <Keys>{shortcut}</Keys>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
