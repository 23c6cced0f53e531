import './server-list.css';
import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { ListBox, ListBoxItem, type Selection as KeySelection } from 'react-aria-components';
import type { Server, ServerOrigin } from '../../../electron/contract/server.ts';
import { Badge, Button, Panel, StatusDot, TimeAgo } from '../../components/index.ts';
import type { EditorState, Wanted } from './editor-state.ts';
import { IniProblems } from './ini-problems.tsx';
import type { Servers } from './use-servers.ts';

const newKey = 'new server';

/** Every server we know: its name, AE title, where it comes from and how its last echo ended. */
export function ServerListPanel({ servers }: { readonly servers: Servers }): ReactElement {
  const { list, state, tell } = servers;
  const problems = list.kind === 'answered' ? list.value.problems : [];
  const rows = state.servers ?? [];
  return (
    <Panel
      title="DICOM servers"
      level={1}
      isPadded={false}
      actions={
        <Button icon={<Plus />} onPress={() => tell({ kind: 'asked', wanted: { kind: 'new' } })}>
          New server
        </Button>
      }
    >
      <div className="server-list">
        <ListBox
          aria-label="Servers"
          className="server-list-rows"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={selectedKeys(state)}
          onSelectionChange={(keys) => {
            const wanted = wantedOf(keys, rows);
            if (wanted !== null) tell({ kind: 'asked', wanted });
          }}
        >
          {state.selection.kind === 'new' ? <NewRow name={state.fields.name} /> : null}
          {rows.map((server) => (
            <ServerRow key={server.id} server={server} />
          ))}
        </ListBox>
        <IniProblems problems={problems} />
      </div>
    </Panel>
  );
}

function ServerRow({ server }: { readonly server: Server }): ReactElement {
  const { id, name, aeTitle, origin } = server;
  return (
    <ListBoxItem id={id} textValue={name} className="server-row">
      <div className="server-row-line">
        <span className="server-row-name" title={name}>
          {name}
        </span>
        <Badge tone={origin.kind === 'demonstration' ? 'accent' : 'plain'}>{originWords[origin.kind]}</Badge>
      </div>
      <div className="server-row-line">
        <span className="server-row-ae mono">{aeTitle}</span>
        <LastEcho server={server} />
      </div>
    </ListBoxItem>
  );
}

function NewRow({ name }: { readonly name: string }): ReactElement {
  return (
    <ListBoxItem id={newKey} textValue="New server" className="server-row">
      <div className="server-row-line">
        <span className="server-row-name">{name.trim() === '' ? 'New server' : name}</span>
        <Badge tone="warning">not saved</Badge>
      </div>
      <div className="server-row-line" />
    </ListBoxItem>
  );
}

function LastEcho({ server: { lastEcho } }: { readonly server: Server }): ReactElement {
  if (lastEcho === null) return <StatusDot state="idle">Not tested yet</StatusDot>;
  const isOk = lastEcho.failure === null;
  return (
    <StatusDot state={isOk ? 'ok' : 'failure'}>
      {isOk ? 'Answered' : 'Echo failed'} <TimeAgo at={lastEcho.at} />
    </StatusDot>
  );
}

const originWords: Readonly<Record<ServerOrigin['kind'], string>> = {
  user: 'user',
  administrator: 'administrator',
  demonstration: 'demonstration',
};

function selectedKeys({ selection }: EditorState): readonly string[] {
  switch (selection.kind) {
    case 'none':
      return [];
    case 'new':
      return [newKey];
    case 'server':
      return [selection.id];
  }
}

function wantedOf(keys: KeySelection, servers: readonly Server[]): Wanted | null {
  if (keys === 'all') return null;
  const [key] = keys;
  const server = servers.find(({ id }) => id === key);
  return server === undefined ? null : { kind: 'server', id: server.id };
}
