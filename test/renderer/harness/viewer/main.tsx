import '@fontsource-variable/inter';
import '../../../../renderer/styles/tokens.css';
import '../../../../renderer/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ArchiveStudy } from '../../../../electron/contract/archive.ts';
import { type Viewer, ViewerProvider } from '../../../../renderer/bridge/index.ts';
import { ViewerScreen } from '../../../../renderer/features/viewer/index.ts';

const news = new EventSource('/news');

async function ask(path: string): Promise<unknown> {
  return { ok: true, value: await (await fetch(path)).json() };
}

/** Only the room the viewer enters; its answers come from the harness server's archive. */
const viewer = {
  archive: {
    studies: () => ask('/archive/studies'),
    series: (studyInstanceUid: string) => ask(`/archive/series/${studyInstanceUid}`),
    changed: (listen: (study: ArchiveStudy) => void) => {
      const hear = (event: MessageEvent<string>): void => listen(JSON.parse(event.data) as ArchiveStudy);
      news.addEventListener('message', hear);
      return () => news.removeEventListener('message', hear);
    },
  },
} as unknown as Viewer;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ViewerProvider viewer={viewer} grantFiles={() => Promise.resolve([])}>
      <ViewerScreen studyInstanceUid={new URLSearchParams(location.search).get('study')} />
    </ViewerProvider>
  </StrictMode>,
);
