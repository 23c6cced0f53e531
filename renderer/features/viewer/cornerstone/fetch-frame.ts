import { describeFailure } from '../../../../electron/contract/describe-failure.ts';
import type { Failure } from '../../../../electron/contract/failure.ts';
import { FrameError } from '../pixels/samples.ts';
import { pixelsUrlOf } from '../slides.ts';
import type { FrameBytes } from './read-frame.ts';

/** Asks the main process for one frame's bytes. @throws FrameError with the failure's words */
export async function fetchFrame(imageId: string, signal: AbortSignal): Promise<FrameBytes> {
  const response = await fetch(pixelsUrlOf(imageId), { signal });
  if (!response.ok) throw new FrameError(await wordsOf(response));
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    transferSyntaxUid: response.headers.get('x-transfer-syntax') ?? '',
  };
}

async function wordsOf(response: Response): Promise<string> {
  const failure = await failureIn(response);
  if (failure === null) return `The archive has no such frame (${response.status}).`;
  const { title, explanation } = describeFailure(failure, { server: 'the local archive', ourAeTitle: '' });
  return [title, explanation].filter((line) => line !== '').join(' ');
}

async function failureIn(response: Response): Promise<Failure | null> {
  try {
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null || !('failure' in body)) return null;
    return body.failure as Failure; // written by our own main process
  } catch {
    return null; // no JSON: the plain 404 of a wrong address
  }
}
