import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import type { Gantry } from './gantry.ts';
import type { Viewer } from './viewer.ts';

interface MainProcess {
  readonly viewer: Viewer;
  readonly grantFiles: Gantry['grantFiles'];
}

const MainProcessContext = createContext<MainProcess | null>(null);

export function ViewerProvider({
  viewer,
  grantFiles,
  children,
}: MainProcess & { readonly children: ReactNode }): ReactElement {
  return <MainProcessContext value={{ viewer, grantFiles }}>{children}</MainProcessContext>;
}

/** Everything a screen may ask of the main process. */
export function useViewer(): Viewer {
  return useMainProcess().viewer;
}

/** Turns dropped files and folders into grants for `viewer.send.inspect`. */
export function useGrantFiles(): Gantry['grantFiles'] {
  return useMainProcess().grantFiles;
}

function useMainProcess(): MainProcess {
  const mainProcess = useContext(MainProcessContext);
  if (mainProcess === null) throw new Error('no ViewerProvider above this component');
  return mainProcess;
}
