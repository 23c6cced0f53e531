/** The one scheme and host that the app's window is served from: page, pixels and nothing else. */
export const viewerScheme = 'app';
export const viewerOrigin = 'app://viewer';

/** Whether a URL is at our origin: compared as text, since URL gives custom schemes the origin `null`. */
export function isOurs(url: string): boolean {
  return url === viewerOrigin || url.startsWith(`${viewerOrigin}/`);
}
