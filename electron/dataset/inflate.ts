import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { DatasetError } from './attributes.ts';

/** Below this a high ratio is no attack: an empty image deflates a thousandfold. */
const harmlessBytes = 64 * 1024 * 1024;
const maximumRatio = 200;
const maximumBytes = 2 * 1024 * 1024 * 1024 - 1;

/**
 * Inflates a deflated data set or frame (PS3.5 §A.5): at most 2 GB, and beyond 64 MB at most 200 times
 * its size. Some writers add the header of zlib, which doesn't belong there.
 *
 * @throws DatasetError
 */
export function inflate(deflated: Uint8Array): Buffer {
  const maxOutputLength = Math.min(maximumBytes, Math.max(harmlessBytes, deflated.length * maximumRatio));
  return attempt(deflated, { maxOutputLength });
}

/** Inflates what has come of a stream whose end is missing; for reading headers. */
export function inflateBeginning(deflated: Uint8Array): Buffer {
  return attempt(deflated, {
    maxOutputLength: Math.max(harmlessBytes, deflated.length * maximumRatio),
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

function attempt(
  deflated: Uint8Array,
  options: { readonly maxOutputLength: number; readonly finishFlush?: number },
): Buffer {
  try {
    return inflateRawSync(deflated, options);
  } catch (thrown) {
    if (tooFar(thrown)) throw new DatasetError('inflates too far', 0);
  }
  try {
    return inflateSync(deflated, options);
  } catch (thrown) {
    throw new DatasetError(tooFar(thrown) ? 'inflates too far' : 'not deflated', 0);
  }
}

function tooFar(thrown: unknown): boolean {
  return thrown instanceof RangeError;
}
