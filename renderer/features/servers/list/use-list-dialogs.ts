import { useState } from 'react';
import { describeFailure } from '../../../../electron/contract/describe-failure.ts';
import type { ServerId } from '../../../../electron/contract/server.ts';
import { useViewer } from '../../../bridge/index.ts';
import { useCard, type ShowingCard } from '../card/use-card.ts';
import type { Importing } from '../import/import-state.ts';
import { useImport } from '../import/use-import.ts';
import { useSaveText } from '../use-save-text.ts';
import type { ListDialog } from './list-menu.tsx';

export interface OpenDialogs {
  readonly open: (dialog: ListDialog) => void;
  readonly exportAs: (as: 'csv' | 'ini') => void;
  /** What became of the last export; '' where there was none. */
  readonly said: string;
  readonly isOpen: (dialog: 'reply' | 'links') => boolean;
  readonly close: () => void;
  readonly card: ShowingCard;
  readonly importing: Importing;
}

const fileNames = { csv: 'servers.csv', ini: 'servers.ini' } as const;

/** What opens over the list of servers. `server`: for whom the connection card is; `null`: for nobody. */
export function useListDialogs(server: ServerId | null): OpenDialogs {
  const { servers } = useViewer();
  const [shown, show] = useState<ListDialog | null>(null);
  const [failed, setFailed] = useState('');
  const card = useCard();
  const importing = useImport();
  const saving = useSaveText();

  async function exportAs(as: 'csv' | 'ini'): Promise<void> {
    const result = await (as === 'csv' ? servers.exportCsv() : servers.exportIni());
    setFailed(result.ok ? '' : describeFailure(result.failure, { server: '', ourAeTitle: '' }).title);
    if (result.ok) saving.save(fileNames[as], result.value);
  }

  return {
    open: (dialog) => {
      if (dialog === 'card') card.open(server);
      else if (dialog === 'import') importing.open();
      else show(dialog);
    },
    exportAs: (as) => void exportAs(as),
    said: failed === '' ? saving.words : failed,
    isOpen: (dialog) => shown === dialog,
    close: () => show(null),
    card,
    importing,
  };
}
