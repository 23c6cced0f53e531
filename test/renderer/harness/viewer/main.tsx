import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ArchiveStudy, ImageDescription } from '../../../../electron/contract/archive.ts';
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

/** For tests: the values a frame is decoded to, as bytes of their class in base 64. */
async function decodeFrame(imageId: string, image: ImageDescription): Promise<object> {
  await import('../../../../renderer/features/viewer/cornerstone/lightbox.ts').then(({ openLightbox }) =>
    started ? null : openLightbox(),
  );
  started = true;
  const { fetchFrame } = await import('../../../../renderer/features/viewer/cornerstone/fetch-frame.ts');
  const { readFrame } = await import('../../../../renderer/features/viewer/cornerstone/read-frame.ts');
  const bytes = await fetchFrame(imageId, new AbortController().signal);
  const pixels = await readFrame(bytes, image, true);
  const values = pixels.kind === 'greys' ? pixels.samples : pixels.rgb;
  return { kind: pixels.kind, values: [...values] };
}
let started = false;
Object.assign(window, { decodeFrame });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ViewerProvider viewer={viewer} grantFiles={() => Promise.resolve([])}>
      <ViewerScreen studyInstanceUid={new URLSearchParams(location.search).get('study')} />
    </ViewerProvider>
  </StrictMode>,
);
