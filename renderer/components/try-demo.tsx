import { FlaskConical } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from './button.tsx';

/** Starts the demonstration archive: offered wherever there is no server yet. */
export function TryDemo({
  onPress,
  isStarting = false,
}: {
  readonly onPress: () => void;
  readonly isStarting?: boolean;
}): ReactElement {
  return (
    <Button kind="primary" icon={<FlaskConical />} onPress={onPress} isDisabled={isStarting}>
      {isStarting ? 'Starting the demo archive…' : 'Try the demo archive'}
    </Button>
  );
}
