import type { App } from 'electron';

const patienceMs = 5000;

/** Ends the app with its last window, after `close` is done or has had its time. */
export function quitCleanly(app: App, close: () => Promise<void>): void {
  let closing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, patienceMs);
    });
    void Promise.race([close(), patience]).then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}
