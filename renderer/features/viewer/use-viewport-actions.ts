import { useEffect, useState } from 'react';
import type { LeftButton } from './cornerstone/tool-group.ts';
import type { Stack } from './cornerstone/stack.ts';
import type { OpenStack } from './use-stack.ts';
import type { StackAction, ViewportAction } from './viewport-keys.ts';

export interface ViewportActions {
  readonly leftButton: LeftButton;
  readonly hasOverlay: boolean;
  readonly act: (action: ViewportAction) => void;
}

/** Does what keys and buttons ask: most of it is the stack's, the rest is how it is shown. */
export function useViewportActions(
  { isOpen, stack }: OpenStack,
  onSeries: (steps: 1 | -1) => void,
): ViewportActions {
  const [leftButton, setLeftButton] = useState<LeftButton>('window');
  const [hasOverlay, setHasOverlay] = useState(true);
  useEffect(() => {
    if (isOpen) stack.current?.setLeftButton(leftButton);
  }, [isOpen, leftButton, stack]);

  const act = (action: ViewportAction): void => {
    if (action.kind === 'series') return onSeries(action.steps);
    if (action.kind === 'overlay') return setHasOverlay(!hasOverlay);
    if (action.kind === 'left-button') return setLeftButton(action.does);
    if (stack.current !== null) actOn(stack.current, action);
  };
  return { leftButton, hasOverlay, act };
}

function actOn(stack: Stack, action: StackAction): void {
  switch (action.kind) {
    case 'scroll':
      return stack.scrollBy(action.steps);
    case 'first':
      return stack.goTo(0);
    case 'last':
      return stack.goTo(Number.MAX_SAFE_INTEGER);
    case 'rotate':
      return stack.rotate(action.degrees);
    case 'flip':
      return stack.flip(action.axis);
    case 'invert':
      return stack.invert();
    case 'reset':
      return stack.reset();
  }
}
