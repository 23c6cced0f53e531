import './menu-button.css';
import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface MenuAction {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onPress: () => void;
  /** Why it can't be chosen now; it stays in its place and says so. `undefined`: it can. */
  readonly reason?: string | undefined;
}

export interface MenuButtonProps {
  /** Its accessible name. */
  readonly label: string;
  /** In place of the words. */
  readonly icon?: ReactNode;
  readonly actions: readonly MenuAction[];
}

/** A button that opens a list of what else can be done. */
export function MenuButton({ label, icon, actions }: MenuButtonProps): ReactElement {
  return (
    <MenuTrigger>
      <AriaButton
        className="button"
        data-kind={icon === undefined ? 'plain' : 'icon'}
        aria-label={icon === undefined ? undefined : label}
      >
        {icon ?? label}
      </AriaButton>
      <Popover className="menu-popover" placement="bottom end" offset={2}>
        <Menu
          className="menu"
          aria-label={label}
          disabledKeys={actions.filter(({ reason }) => reason !== undefined).map((action) => action.label)}
          onAction={(key) => actions.find((action) => action.label === key)?.onPress()}
        >
          {actions.map((action) => (
            <MenuItem key={action.label} id={action.label} className="menu-item" textValue={action.label}>
              {action.icon}
              <span className="menu-item-words">
                {action.label}
                {action.reason === undefined ? null : (
                  <span className="menu-item-reason">{action.reason}</span>
                )}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
