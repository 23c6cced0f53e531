import { httpFailure } from './http-failure.ts';
import type { WebAnswer, WebSession } from './web-session.ts';

/**
 * The whole body of an answer, as JSON; none for 204 No Content.
 *
 * @throws FailureError http: not-dicomweb, too-large, malformed, interrupted
 */
export async function readJson({ limits }: WebSession, answer: WebAnswer): Promise<readonly unknown[]> {
  const { service, status } = answer;
  if (status === 204) {
    answer.giveUp();
    return [];
  }
  const mediaType = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/dicom+json' && mediaType !== 'application/json') {
    answer.giveUp();
    throw httpFailure(service, 'not-dicomweb', { status, detail: printable(mediaType) });
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body()) {
    bytes += chunk.length;
    if (bytes > limits.jsonBytes) throw httpFailure(service, 'too-large', { status, detail: 'JSON' });
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks), answer);
}

function parsed(bytes: Buffer, { service, status }: WebAnswer): readonly unknown[] {
  // Some answer 200 without a body where nothing matches.
  if (bytes.length === 0) return [];
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    if (Array.isArray(json)) return json;
  } catch (error) {
    throw httpFailure(service, 'malformed', { status, detail: 'JSON', error });
  }
  throw httpFailure(service, 'malformed', { status, detail: 'not an array' });
}

/** A media type as it may be shown. */
export function printable(mediaType: string): string {
  return mediaType.replaceAll(/[^\w.+/-]/g, '').slice(0, 64);
}
