import { Suspense, lazy, useState, type ReactElement } from 'react';
import { useHiddenSend, useNews, useRunningTransfers, useViewer } from './bridge/index.ts';
import {
  KeysDialog,
  NavBar,
  ScreenGuard,
  focusRegion,
  useKeys,
  type KeyGroup,
  type NavItem,
} from './components/index.ts';
import { QueryScreen } from './features/query/index.ts';
import { SendScreen } from './features/send/index.ts';
import { ServersScreen } from './features/servers/index.ts';
import { ListenerBadge, SettingsScreen } from './features/settings/index.ts';
import { TransfersScreen } from './features/transfers/index.ts';

type Screen = 'query' | 'send' | 'viewer' | 'transfers' | 'servers' | 'settings';

// cornerstone and its codecs are most of the program: they come after the first screen is drawn.
const ViewerScreen = lazy(async () => ({
  default: (await import('./features/viewer/index.ts')).ViewerScreen,
}));

/** The window: its head, and six screens that all stay mounted so that they keep their state. */
export function App(): ReactElement {
  const viewer = useViewer();
  const [screen, setScreen] = useState<Screen>('query');
  const [askedServer, setAskedServer] = useState<{ readonly serverId: string | null } | null>(null);
  const [studyInstanceUid, setStudy] = useState<string | null>(null);
  const [isShowingKeys, setShowingKeys] = useState(false);
  const items = navItems(useRunningTransfers(), useHiddenSend());

  const show = (next: Screen): void => {
    setScreen(next);
    // Forgotten on the way out, so that asking for the same study again is asking anew.
    if (next !== 'viewer') setStudy(null);
  };
  const editServers = (serverId: string | null): void => {
    setAskedServer({ serverId });
    show('servers');
  };
  const openStudy = (uid: string): void => {
    setStudy(uid);
    show('viewer');
  };
  useNews(viewer.archive.show, openStudy);
  const screens: Readonly<Record<Screen, ReactElement>> = {
    query: <QueryScreen onEditServers={editServers} onOpenStudy={openStudy} />,
    send: <SendScreen onEditServers={editServers} />,
    viewer: (
      <Suspense fallback={null}>
        <ViewerScreen studyInstanceUid={studyInstanceUid} />
      </Suspense>
    ),
    transfers: <TransfersScreen onOpenStudy={openStudy} onEditServers={editServers} />,
    servers: <ServersScreen asked={askedServer} isShown={screen === 'servers'} />,
    settings: <SettingsScreen isShown={screen === 'settings'} />,
  };

  useAppKeys(items, show, () => setShowingKeys(true));

  return (
    <div className="app">
      <header className="app-header">
        <span className="app-name">Gantry</span>
        <NavBar items={items} current={screen} onChange={show} />
        <div className="app-header-end">
          <ListenerBadge />
        </div>
      </header>
      <main className="app-main">
        {items.map(({ id, label }) => (
          <div key={id} className="screen" hidden={id !== screen}>
            <ScreenGuard name={label}>{screens[id]}</ScreenGuard>
          </div>
        ))}
      </main>
      <KeysDialog isOpen={isShowingKeys} groups={keyGroups} onClose={() => setShowingKeys(false)} />
    </div>
  );
}

/** The keys that work on every screen. */
function useAppKeys(
  items: readonly NavItem<Screen>[],
  show: (screen: Screen) => void,
  showKeys: () => void,
): void {
  useKeys({
    ...Object.fromEntries(items.map(({ id, shortcut }) => [shortcut, () => show(id)])),
    F6: () => focusRegion(1),
    'Shift+F6': () => focusRegion(-1),
    '/': () => {
      show('query');
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-search-field] input')?.focus());
    },
    '?': showKeys,
  });
}

function navItems(running: number, isSendHidden: boolean): readonly NavItem<Screen>[] {
  const items: readonly NavItem<Screen>[] = [
    { id: 'query', label: 'Query', shortcut: 'Ctrl+1' },
    { id: 'send', label: 'Send', shortcut: 'Ctrl+2' },
    { id: 'viewer', label: 'Viewer', shortcut: 'Ctrl+3' },
    { id: 'transfers', label: 'Transfers', shortcut: 'Ctrl+4', count: running, countOf: 'running' },
    { id: 'servers', label: 'Servers', shortcut: 'Ctrl+5' },
    { id: 'settings', label: 'Settings', shortcut: 'Ctrl+6' },
  ];
  // Each keeps its key, whichever others there are.
  return isSendHidden ? items.filter(({ id }) => id !== 'send') : items;
}

const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Query … Settings', 'Ctrl+1 … Ctrl+6'],
      ['Next region', 'F6'],
      ['Previous region', 'Shift+F6'],
      ['Search for a study', '/'],
      ['Save the form', 'Ctrl+S'],
      ['All keys', '?'],
    ],
  },
  {
    title: 'Query',
    keys: [
      ['Search, from any field', 'Enter'],
      ['Retrieve the selected study', 'Enter'],
      ['Retrieve it and open it', 'Shift+Enter'],
      ['Select a range of rows', 'Shift+↑ ↓'],
      ['Select or leave out one row', 'Ctrl+Space'],
    ],
  },
  {
    title: 'Servers',
    keys: [['Move the selected server up, down', 'Alt+↑ Alt+↓']],
  },
  {
    title: 'Viewer',
    keys: [
      ['Previous, next image', '↑ ↓'],
      ['Ten images on', 'Shift+↑ ↓'],
      ['First, last image', 'Home End'],
      ['Previous, next series', 'PgUp PgDn'],
      ['Drag for window, pan, zoom', 'W P Z'],
      ['Rotate left, right', 'L R'],
      ['Flip', 'H V'],
      ['Invert', 'I'],
      ['Overlay', 'Space'],
      ['Reset', 'Esc'],
    ],
  },
];
