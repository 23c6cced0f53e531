import './server-list.css';
import { Plus } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { Header, ListBox, ListBoxSection, type Selection as KeySelection } from 'react-aria-components';
import type { Server } from '../../../../electron/contract/server.ts';
import type { SettingsView } from '../../../../electron/contract/settings.ts';
import { Button, Panel, TextField } from '../../../components/index.ts';
import { selectedServer, type EditorState, type Wanted } from '../editor-state.ts';
import type { TestResults } from '../connection-test/use-test-results.ts';
import { TestAllDialog } from '../test-all/test-all-dialog.tsx';
import { useTestAll } from '../test-all/use-test-all.ts';
import type { Servers } from '../use-servers.ts';
import { IniProblems } from './ini-problems.tsx';
import { SetAsideNotice } from './set-aside.tsx';
import { found, grouped } from './server-groups.ts';
import { NewRow, ServerRow } from './server-row.tsx';
import { ListDialogs } from './list-dialogs.tsx';
import { ListMenu } from './list-menu.tsx';
import { useListDialogs } from './use-list-dialogs.ts';
import { useListOrder, type ListOrder } from './use-list-order.ts';

const newKey = 'new server';

export interface ServerListPanelProps {
  readonly servers: Servers;
  readonly results: TestResults;
  readonly settings: SettingsView | null;
}

/** Every server we know, to search, to put in order and to choose from. */
export function ServerListPanel({ servers, results, settings }: ServerListPanelProps): ReactElement {
  const { list, state, tell, reorder } = servers;
  const [search, setSearch] = useState('');
  const testing = useTestAll();
  const dialogs = useListDialogs(selectedServer(state)?.id ?? null);
  const all = useMemo(() => state.servers ?? [], [state.servers]);
  const order = useListOrder(all, selectedKey(state), search.trim() !== '', reorder);
  return (
    <Panel
      title="DICOM servers"
      level={1}
      isPadded={false}
      actions={
        <>
          <Button icon={<Plus />} onPress={() => tell({ kind: 'asked', wanted: { kind: 'new' } })}>
            New server
          </Button>
          <ListMenu
            servers={all}
            order={order}
            onTestAll={testing.start}
            onOpen={dialogs.open}
            onExport={dialogs.exportAs}
          />
        </>
      }
    >
      <div className="server-list">
        <div className="server-list-search">
          <TextField
            label="Search servers"
            value={search}
            onChange={setSearch}
            placeholder="Name, AE title, address, group"
            inputMode="search"
            reserveMessage={false}
          />
        </div>
        <output className="server-list-said">{dialogs.said}</output>
        <Rows state={state} tell={tell} results={results} order={order} search={search} />
        <SetAsideNotice setAside={list.kind === 'answered' ? list.value.setAside : []} />
        <IniProblems problems={list.kind === 'answered' ? list.value.problems : []} />
      </div>
      <TestAllDialog testing={testing} servers={all} settings={settings} />
      <ListDialogs dialogs={dialogs} servers={servers} />
    </Panel>
  );
}

interface RowsProps {
  readonly state: EditorState;
  readonly tell: Servers['tell'];
  readonly results: TestResults;
  readonly order: ListOrder;
  readonly search: string;
}

function Rows({ state, tell, results, order, search }: RowsProps): ReactElement {
  const all = state.servers ?? [];
  const shown = found(all, search);
  const groups = grouped(shown);
  const selected = selectedKey(state);
  const row = (server: Server): ReactElement => (
    <ServerRow key={server.id} server={server} result={results.get(server.id)} order={order} />
  );
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key of the list inside it */}
      <div className="server-list-rows" onKeyDownCapture={order.onKeyDown}>
        <ListBox
          aria-label="Servers"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={selected === null ? [] : [selected]}
          renderEmptyState={
            all.length === 0
              ? undefined
              : () => <p className="server-list-none muted">{noneWords(all.length)}</p>
          }
          onSelectionChange={(keys) => {
            const wanted = wantedOf(keys, shown);
            if (wanted !== null) tell({ kind: 'asked', wanted });
          }}
        >
          {state.selection.kind === 'new' ? <NewRow id={newKey} name={state.fields.name} /> : null}
          {groups.length === 1 && groups[0]?.name === ''
            ? shown.map(row)
            : groups.map(({ name, servers }) => (
                <ListBoxSection key={name} id={`group ${name}`} className="server-group">
                  <Header className="server-group-name overline">{name === '' ? 'No group' : name}</Header>
                  {servers.map(row)}
                </ListBoxSection>
              ))}
        </ListBox>
      </div>
      <output className="visually-hidden">{order.said}</output>
    </>
  );
}

function noneWords(count: number): string {
  return `None of the ${count} servers has this in it`;
}

function selectedKey({ selection }: EditorState): string | null {
  switch (selection.kind) {
    case 'none':
      return null;
    case 'new':
      return newKey;
    case 'server':
      return selection.id;
  }
}

function wantedOf(keys: KeySelection, servers: readonly Server[]): Wanted | null {
  if (keys === 'all') return null;
  const [key] = keys;
  const server = servers.find(({ id }) => id === key);
  return server === undefined ? null : { kind: 'server', id: server.id };
}
