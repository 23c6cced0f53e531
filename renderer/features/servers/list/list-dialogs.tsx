import { useCallback, type ReactElement } from 'react';
import type { ReadReply } from '../../../../electron/contract/read-reply.ts';
import { useViewer } from '../../../bridge/index.ts';
import { CardDialog } from '../card/card-dialog.tsx';
import { selectedServer } from '../editor-state.ts';
import { ImportDialog } from '../import/import-dialog.tsx';
import { LinksDialog } from '../links/links-dialog.tsx';
import { ReplyDialog } from '../reply/reply-dialog.tsx';
import type { Servers } from '../use-servers.ts';
import type { OpenDialogs } from './use-list-dialogs.ts';

/** Everything that opens from the menu of the list. */
export function ListDialogs({
  dialogs,
  servers: { list, state, tell },
}: {
  readonly dialogs: OpenDialogs;
  readonly servers: Servers;
}): ReactElement {
  const { servers } = useViewer();
  const read = useCallback(
    async (text: string): Promise<ReadReply | null> => {
      const result = await servers.readReply(text);
      return result.ok ? result.value : null;
    },
    [servers],
  );
  return (
    <>
      <CardDialog
        state={dialogs.card.state}
        serverName={selectedServer(state)?.name ?? null}
        onClose={dialogs.card.close}
      />
      <LinksDialog
        isOpen={dialogs.isOpen('links')}
        links={list.kind === 'answered' ? list.value.links : []}
        servers={state.servers ?? []}
        onClose={dialogs.close}
      />
      <ImportDialog importing={dialogs.importing} />
      <ReplyDialog
        isOpen={dialogs.isOpen('reply')}
        read={read}
        onFill={(fields) => tell({ kind: 'asked', wanted: { kind: 'new', fields } })}
        onClose={dialogs.close}
      />
    </>
  );
}
