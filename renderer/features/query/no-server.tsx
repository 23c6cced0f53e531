import { Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Server } from '../../../electron/contract/server.ts';
import { useOurAeTitle, useViewer } from '../../bridge/index.ts';
import { Button, EmptyState, TryDemo } from '../../components/index.ts';
import { FailureNotice } from '../../failures/index.ts';

interface NoServerProps {
  readonly onNewServer: () => void;
  readonly onDemo: (server: Server) => void;
}

/** What stands in place of results before there is a server to ask. */
export function NoServer({ onNewServer, onDemo }: NoServerProps): ReactElement {
  const viewer = useViewer();
  const ourAeTitle = useOurAeTitle();
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function tryDemo(): Promise<void> {
    setStarting(true);
    setFailure(null);
    const result = await viewer.servers.addDemo();
    setStarting(false);
    if (result.ok) onDemo(result.value);
    else setFailure(result.failure);
  }
  return (
    <EmptyState
      title="No DICOM server yet"
      actions={
        <>
          <TryDemo isStarting={isStarting} onPress={() => void tryDemo()} />
          <Button icon={<Plus />} onPress={onNewServer}>
            New server
          </Button>
          {failure === null ? null : (
            <FailureNotice failure={failure} who={{ server: 'The demo archive', ourAeTitle }} isNew />
          )}
        </>
      }
    >
      Name the archive you want to search, or look around in a demonstration archive on this computer first.
    </EmptyState>
  );
}
