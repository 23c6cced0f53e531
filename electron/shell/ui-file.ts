import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A built file of the user interface, or `null` where there is none to be had at this path. */
export async function uiFile(
  folder: string,
  pathname: string,
): Promise<{ readonly bytes: Buffer<ArrayBuffer>; readonly contentType: string } | null> {
  const path = safePath(pathname);
  const contentType = path && contentTypes[extname(path)];
  if (!path || !contentType) return null;
  try {
    return { bytes: await readFile(join(folder, path)), contentType };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The path below the folder, or `null` when it is not plain: only what a build writes is allowed. */
function safePath(pathname: string): string | null {
  const path = decode(pathname);
  if (path === null || !/^(?:\/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+$/.test(path)) return null;
  return path.slice(1).split('/').join(sep);
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
}
