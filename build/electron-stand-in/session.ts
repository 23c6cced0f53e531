import { EventEmitter } from 'node:events';
import { chromium } from './chromium.ts';

/** Permissions are all or none here: an app that sets a handler is taken to deny. */
class Session extends EventEmitter {
  setPermissionRequestHandler(handler: unknown): void {
    if (handler) void chromium.send('Browser.grantPermissions', { permissions: [] });
  }
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}
  readonly webRequest = { onBeforeRequest() {}, onHeadersReceived() {} };
}

export const session = { defaultSession: new Session() };
