import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-jp';
import '@fontsource-variable/noto-sans-kr';
import '@fontsource-variable/noto-sans-sc';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect, ViewerProvider } from './bridge/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const { gantry } = window;
createRoot(root).render(
  <StrictMode>
    <ViewerProvider viewer={connect(gantry)} grantFiles={(files) => gantry.grantFiles(files)}>
      <App />
    </ViewerProvider>
  </StrictMode>,
);
