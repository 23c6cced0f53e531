import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import { readPng } from '../../support/read-png.ts';

/** What a camera reads off this part of the screen; `null`: no QR code. */
export async function scanQr(place: Locator): Promise<string | null> {
  const { width, height, rgba } = readPng(await place.screenshot());
  // The module of CommonJS comes as its own default.
  const scan = 'default' in jsQR ? (jsQR.default as typeof jsQR) : jsQR;
  return scan(rgba, width, height)?.data ?? null;
}
