import {
  ArrowDown,
  ArrowLeftRight,
  ArrowUp,
  ClipboardPaste,
  Ellipsis,
  FileDown,
  FileUp,
  IdCard,
  Radio,
} from 'lucide-react';
import type { ReactElement } from 'react';
import type { Server, ServerId } from '../../../../electron/contract/server.ts';
import { MenuButton } from '../../../components/index.ts';
import type { ListOrder } from './use-list-order.ts';

/** What opens over the list. */
export type ListDialog = 'reply' | 'card' | 'links' | 'import';

/** What can be done with the list as a whole. */
export function ListMenu({
  servers,
  order,
  onTestAll,
  onOpen,
  onExport,
}: {
  readonly servers: readonly Server[];
  readonly order: ListOrder;
  readonly onTestAll: (ids: readonly ServerId[]) => void;
  readonly onOpen: (dialog: ListDialog) => void;
  readonly onExport: (as: 'csv' | 'ini') => void;
}): ReactElement {
  const testable = servers.filter(({ actions }) => actions.test).map(({ id }) => id);
  return (
    <MenuButton
      label="List actions"
      icon={<Ellipsis />}
      actions={[
        {
          label: 'Test all…',
          icon: <Radio />,
          reason: testable.length === 0 ? 'There is no server to test' : undefined,
          onPress: () => onTestAll(testable),
        },
        {
          label: 'Paste the administrator’s reply…',
          icon: <ClipboardPaste />,
          onPress: () => onOpen('reply'),
        },
        { label: 'My connection card…', icon: <IdCard />, onPress: () => onOpen('card') },
        { label: 'Links…', icon: <ArrowLeftRight />, onPress: () => onOpen('links') },
        { label: 'Import from CSV…', icon: <FileUp />, onPress: () => onOpen('import') },
        { label: 'Export as CSV…', icon: <FileDown />, onPress: () => onExport('csv') },
        { label: 'Export as administrator’s file…', icon: <FileDown />, onPress: () => onExport('ini') },
        {
          label: 'Move up (Alt+↑)',
          icon: <ArrowUp />,
          reason: order.canMove('up') ? undefined : 'It is the first, or none is selected',
          onPress: () => order.move('up'),
        },
        {
          label: 'Move down (Alt+↓)',
          icon: <ArrowDown />,
          reason: order.canMove('down') ? undefined : 'It is the last, or none is selected',
          onPress: () => order.move('down'),
        },
      ]}
    />
  );
}
