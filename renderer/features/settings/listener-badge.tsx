import './settings-screen.css';
import type { ReactElement } from 'react';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useKept, useViewer } from '../../bridge/index.ts';
import { StatusDot } from '../../components/index.ts';
import { listenerInWords } from './listener-words.ts';

/** For the head of the window: whether we listen, where, and what we are called. */
export function ListenerBadge(): ReactElement | null {
  const viewer = useViewer();
  const [settings] = useKept(viewer.settings.get, viewer.settings.changed);
  return settings.kind === 'answered' ? <Words settings={settings.value} /> : null;
}

function Words({ settings }: { readonly settings: SettingsView }): ReactElement {
  const { status, words } = listenerInWords(settings.listener);
  return (
    <>
      <output className="listener-badge" title={words}>
        <StatusDot state={status}>{words}</StatusDot>
      </output>
      <span className="mono selectable" title="This viewer's AE title">
        {settings.aeTitle.value}
      </span>
    </>
  );
}
