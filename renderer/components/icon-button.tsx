import './button.css';
import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton, ToggleButton } from 'react-aria-components';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps {
  /** Its accessible name, and what its tooltip says. */
  readonly label: string;
  readonly icon: ReactNode;
  /** The key that does the same, as it is printed on it: `W`, `Ctrl+1`. */
  readonly shortcut?: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** Given: a button that stays pressed (aria-pressed). */
  readonly isSelected?: boolean;
}

/** A button that is only an icon. It always has a name and a tooltip. */
export function IconButton({ label, icon, shortcut, isSelected, ...rest }: IconButtonProps): ReactElement {
  const common = {
    className: 'button',
    'data-kind': 'icon',
    'aria-label': label,
    isDisabled: rest.isDisabled,
  };
  return (
    <Tooltip text={label} shortcut={shortcut}>
      {isSelected === undefined ? (
        <AriaButton {...common} onPress={rest.onPress}>
          {icon}
        </AriaButton>
      ) : (
        <ToggleButton {...common} isSelected={isSelected} onChange={rest.onPress}>
          {icon}
        </ToggleButton>
      )}
    </Tooltip>
  );
}
