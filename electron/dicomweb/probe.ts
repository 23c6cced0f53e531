import { textOf } from '../dataset/index.ts';
import type { DicomwebService } from '../contract/dicomweb.ts';
import { FailureError, type Failure } from '../contract/failure.ts';
import { httpFailure, statusCause } from './http-failure.ts';
import { attributesOfJson } from './json-model.ts';
import { readJson } from './read-json.ts';
import { metadataPath, type RetrieveResource } from './retrieve-instances.ts';
import { search, searchingOne } from './search.ts';
import type { WebSession } from './web-session.ts';

/** What was found out of one service. */
export type ServiceProbe =
  /** It answered as it should. `status` is HTTP's. */
  | { readonly service: DicomwebService; readonly kind: 'works'; readonly status: number }
  /** There is nothing there that could be asked for, so it could not be tried. */
  | { readonly service: DicomwebService; readonly kind: 'nothing-to-try' }
  | { readonly service: DicomwebService; readonly kind: 'failed'; readonly failure: Failure };

/**
 * Tries a service without changing anything: QIDO-RS by a search for one study, WADO-RS by the metadata of
 * an instance that a search has found, STOW-RS by a request that stores nothing.
 *
 * @throws FailureError cancelled; every other failure is what was found out
 */
export async function probeService(session: WebSession, service: DicomwebService): Promise<ServiceProbe> {
  try {
    return await probes[service](session);
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.step === 'cancelled') throw thrown;
    return { service, kind: 'failed', failure: thrown.failure };
  }
}

const probes: Readonly<Record<DicomwebService, (session: WebSession) => Promise<ServiceProbe>>> = {
  'QIDO-RS': async (session) => {
    const answer = await session.askFor(searchingOne());
    await readJson(session, answer);
    return { service: 'QIDO-RS', kind: 'works', status: answer.status };
  },
  'WADO-RS': async (session) => {
    const resource = await anyInstance(session);
    if (resource === null) return { service: 'WADO-RS', kind: 'nothing-to-try' };
    const answer = await session.askFor({
      service: 'WADO-RS',
      path: metadataPath(resource),
      headers: { accept: 'application/dicom+json' },
    });
    await readJson(session, answer);
    return { service: 'WADO-RS', kind: 'works', status: answer.status };
  },
  'STOW-RS': async (session) => {
    const offered = await session.ask({ service: 'STOW-RS', method: 'OPTIONS', path: '/studies' });
    offered.giveUp();
    if (/\bPOST\b/i.test(offered.headers.allow ?? '')) {
      return { service: 'STOW-RS', kind: 'works', status: offered.status };
    }
    return probeByEmptyStore(session);
  },
};

/** A request with nothing in it: a server that stores calls it faulty. */
async function probeByEmptyStore(session: WebSession): Promise<ServiceProbe> {
  const answer = await session.ask({
    service: 'STOW-RS',
    method: 'POST',
    path: '/studies',
    headers: {
      accept: 'application/dicom+json',
      'content-type': 'multipart/related; type="application/dicom"; boundary=nothing',
    },
  });
  answer.giveUp();
  const { status } = answer;
  if ((status >= 200 && status < 300) || storesNothing.has(status)) {
    return { service: 'STOW-RS', kind: 'works', status };
  }
  throw httpFailure('STOW-RS', statusCause(status), { status });
}

/** Bad Request, Conflict, Length Required, Unsupported Media Type, Unprocessable: it looked at the content. */
const storesNothing: ReadonlySet<number> = new Set([400, 409, 411, 415, 422]);

async function anyInstance(session: WebSession): Promise<RetrieveResource | null> {
  const [study] = await readJson(session, await session.askFor(searchingOne()));
  const studyInstanceUid = study === undefined ? '' : textOf(attributesOfJson(study), 'StudyInstanceUID');
  if (studyInstanceUid === '') return null;
  const series = search(session, { level: 'SERIES', studyInstanceUid }, []);
  for await (const one of series) {
    const seriesInstanceUid = textOf(one, 'SeriesInstanceUID');
    const instances = search(session, { level: 'IMAGE', studyInstanceUid, seriesInstanceUid }, []);
    for await (const instance of instances) {
      const sopInstanceUid = textOf(instance, 'SOPInstanceUID');
      if (sopInstanceUid !== '') return { studyInstanceUid, seriesInstanceUid, sopInstanceUid };
    }
  }
  return null;
}
