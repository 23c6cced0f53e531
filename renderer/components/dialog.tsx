import './dialog.css';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, type ButtonProps } from './button.tsx';

export interface DialogAction {
  readonly label: string;
  readonly kind?: ButtonProps['kind'];
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
}

export interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children?: ReactNode;
  /** From left to right; the last one is what Enter does first. */
  readonly actions: readonly DialogAction[];
  /** Escape, and a click beside the dialog. */
  readonly onClose: () => void;
  readonly isWide?: boolean;
  /** The focus goes to the first control of the content instead of the last action. */
  readonly opensInside?: boolean;
  /** `alertdialog`: something is about to be lost. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** Asks or tells, above everything else, and gives the focus back when it closes. */
export function Dialog(props: DialogProps): ReactElement {
  const last = props.actions.length - 1;
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={props.isOpen}
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
    >
      <Modal>
        <AriaDialog className="dialog" data-wide={props.isWide || undefined} role={props.role ?? 'dialog'}>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          <div className="dialog-body">{props.children}</div>
          <FocusKeeper />
          <div className="dialog-actions">
            {props.actions.map((action, index) => (
              <Button
                key={action.label}
                kind={action.kind}
                onPress={action.onPress}
                isDisabled={action.isDisabled}
                takesFocus={index === last && props.opensInside !== true}
              >
                {action.label}
              </Button>
            ))}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What had the focus may go away while the dialog stays: then the dialog itself takes it, and hears Escape. */
function FocusKeeper(): ReactElement {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    place.current?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]')?.focus();
  });
  return <span ref={place} hidden />;
}
