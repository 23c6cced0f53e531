import './button.css';
import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** At most one `primary` in a region; `danger` destroys something; `quiet` has no frame. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: ReactNode;
  readonly type?: 'button' | 'submit';
  readonly isDisabled?: boolean;
  /** Has the focus as soon as it is there: for the buttons of a dialog. */
  readonly takesFocus?: boolean;
  /** Said on hover and focus, with the key that does the same. */
  readonly tooltip?: string;
  readonly shortcut?: string;
  /** Only where the words on the button are not enough without their surroundings. */
  readonly label?: string;
}

export function Button(props: ButtonProps): ReactElement {
  const button = (
    <AriaButton
      className="button"
      data-kind={props.kind ?? 'plain'}
      type={props.type ?? 'button'}
      isDisabled={props.isDisabled}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog has to take the focus when it opens
      autoFocus={props.takesFocus}
      onPress={props.onPress}
      aria-label={props.label}
    >
      {props.icon}
      {props.children}
    </AriaButton>
  );
  if (props.tooltip === undefined && props.shortcut === undefined) return button;
  return (
    <Tooltip text={props.tooltip ?? ''} shortcut={props.shortcut}>
      {button}
    </Tooltip>
  );
}
