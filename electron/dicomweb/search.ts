import { tagOf, textOf, type Attributes, type IdentifierKey } from '../dataset/index.ts';
import { httpFailure } from './http-failure.ts';
import { attributesOfJson } from './json-model.ts';
import { readJson } from './read-json.ts';
import type { WebSession } from './web-session.ts';

/** What is looked for, and where (PS3.18 §10.6.1.1). */
export type SearchResource =
  | { readonly level: 'STUDY' }
  | { readonly level: 'SERIES'; readonly studyInstanceUid: string }
  /** Of one series, or of the whole study. */
  | {
      readonly level: 'IMAGE';
      readonly studyInstanceUid: string;
      readonly seriesInstanceUid: string | null;
    };

/** As many as every server gives at once; some answer 400 where more is asked for. */
const pageSize = 200;

/**
 * Asks which studies, series or instances match (QIDO-RS, PS3.18 §10.6), page by page until a page brings
 * nothing new: servers may give fewer than they are asked for, and don't all say so. Keys with a value are
 * matched, the others only asked for.
 *
 * @throws FailureError resolve, connect, tls, certificate, http, cancelled
 */
export async function* search(
  session: WebSession,
  resource: SearchResource,
  keys: readonly IdentifierKey[],
): AsyncGenerator<Attributes> {
  const seen = new Set<string>();
  const uidKey = uniqueKeys[resource.level];
  for (let offset = 0; ;) {
    const path = `${pathOf(resource)}?${queryOf(keys, { limit: pageSize, offset })}`;
    const page = await readJson(session, await session.askFor(searching(path)));
    const before = seen.size;
    for (const json of page) {
      const attributes = attributesOfJson(json);
      const uid = textOf(attributes, uidKey);
      if (seen.has(uid)) continue;
      seen.add(uid);
      if (seen.size > session.limits.parts) throw httpFailure('QIDO-RS', 'too-large', { detail: 'matches' });
      yield attributes;
    }
    if (page.length === 0 || seen.size === before) return;
    offset += page.length;
  }
}

/** One page of one match, to see whether the service is there. */
export function searchingOne(): ReturnType<typeof searching> {
  return searching(`/studies?${queryOf([], { limit: 1, offset: 0 })}`);
}

function searching(path: string) {
  return { service: 'QIDO-RS', path, headers: { accept: 'application/dicom+json' } } as const;
}

const uniqueKeys = {
  STUDY: 'StudyInstanceUID',
  SERIES: 'SeriesInstanceUID',
  IMAGE: 'SOPInstanceUID',
} as const;

function pathOf(resource: SearchResource): string {
  switch (resource.level) {
    case 'STUDY':
      return '/studies';
    case 'SERIES':
      return `/studies/${encodeURIComponent(resource.studyInstanceUid)}/series`;
    case 'IMAGE': {
      const study = `/studies/${encodeURIComponent(resource.studyInstanceUid)}`;
      const { seriesInstanceUid } = resource;
      const series = seriesInstanceUid === null ? '' : `/series/${encodeURIComponent(seriesInstanceUid)}`;
      return `${study}${series}/instances`;
    }
  }
}

/** Attributes go by tag, which every server knows (PS3.18 §8.3.4). */
function queryOf(
  keys: readonly IdentifierKey[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): string {
  const tagged = keys.map(({ keyword, value }) => ({ tag: tagOf(keyword) ?? keyword, value }));
  const matching = tagged.filter(({ value }) => value !== '');
  const returned = tagged.filter(({ value }) => value === '');
  return [
    ...matching.map(({ tag, value }) => `${tag}=${encodeURIComponent(value)}`),
    ...returned.map(({ tag }) => `includefield=${tag}`),
    `limit=${limit}`,
    `offset=${offset}`,
  ].join('&');
}
