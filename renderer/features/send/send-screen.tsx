import './send.css';
import { FilePlus, FolderPlus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ServerId } from '../../../electron/contract/server.ts';
import { useOurAeTitle, useServerChoice } from '../../bridge/index.ts';
import { Button, SplitPane, useFileDrop } from '../../components/index.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { attemptsAt, isSending } from './sending.ts';
import { ToSendPanel } from './to-send-panel.tsx';
import { useSending } from './use-sending.ts';

export interface SendScreenProps {
  /** `null`: a new one. */
  readonly onEditServers: (serverId: ServerId | null) => void;
}

/** Sends files to a server, and says of each what became of it. */
export function SendScreen({ onEditServers }: SendScreenProps): ReactElement {
  const choice = useServerChoice();
  const ourAeTitle = useOurAeTitle();
  const actions = useSending();
  const { sending } = actions;
  const server = choice.chosen;
  const attempts = attemptsAt(sending, server?.id ?? null);
  const isRunning = isSending(attempts);
  const drop = useFileDrop(actions.addDropped);

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is dropped can be added by button too
    <div className="send" data-dropping={drop.isOver || undefined} {...drop.handlers}>
      <header className="send-head">
        <h1>Send DICOM files</h1>
        <Button icon={<FilePlus />} onPress={actions.addFiles}>
          Add files…
        </Button>
        <Button icon={<FolderPlus />} onPress={actions.addFolder}>
          Add folder…
        </Button>
      </header>
      <SplitPane
        narrow="first"
        width="--tree-width"
        first={
          <ToSendPanel
            sending={sending}
            isLocked={isRunning}
            ourAeTitle={ourAeTitle}
            onRemove={actions.remove}
            onStop={actions.stopLooking}
          />
        }
        second={
          <LedgerPanel
            // Filter, selection and order belong to one server's ledger.
            key={server?.id ?? ''}
            choice={choice}
            sending={sending}
            attempts={attempts}
            ourAeTitle={ourAeTitle}
            actions={actions}
            onEditServers={() => onEditServers(server?.id ?? null)}
          />
        }
      />
    </div>
  );
}
