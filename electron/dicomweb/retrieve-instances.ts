import { FailureError, type Failure } from '../contract/failure.ts';
import type { IncomingInstance, InstanceStore, StoredInstance } from '../dataset/index.ts';
import { httpFailure } from './http-failure.ts';
import { printable } from './read-json.ts';
import { boundaryOf, MultipartError, readMultipart, type MultipartEvent } from './read-multipart.ts';
import { ReceivingFile, type ReceivedFile } from './receive-file.ts';
import type { WebAnswer, WebSession } from './web-session.ts';

/** A study, a series of it, or one instance of that. */
export interface RetrieveResource {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string | null;
  /** Only with its series. */
  readonly sopInstanceUid: string | null;
}

export interface RetrieveInstancesOptions {
  readonly store: InstanceStore;
  readonly remoteAddress: string;
  readonly onStored?: (stored: StoredInstance) => void;
  readonly onRefused?: (instance: IncomingInstance, failure: Failure) => void;
  /** Bytes of that instance have come. */
  readonly onActivity?: (instance: IncomingInstance) => void;
}

/** How many came, by what became of them. */
export interface RetrievedInstances {
  readonly stored: number;
  readonly refused: number;
  /** Parts that are no DICOM object of that study, or have no UIDs. */
  readonly unreadable: number;
}

/**
 * Fetches instances as they are stored at the server (WADO-RS, PS3.18 §10.4) and streams each into the
 * store, where it is as safe as one received by C-STORE before it counts.
 *
 * @throws FailureError resolve, connect, tls, certificate, http, cancelled; what was whole by then stays
 */
export async function retrieveInstances(
  session: WebSession,
  resource: RetrieveResource,
  options: RetrieveInstancesOptions,
): Promise<RetrievedInstances> {
  const answer = await askFor(session, pathOf(resource));
  const taking = new Taking(resource.studyInstanceUid, options);
  try {
    for await (const event of eventsOf(answer, session)) await taking.take(event);
    return await taking.end();
  } catch (thrown) {
    await taking.breakOff();
    throw thrown instanceof MultipartError
      ? httpFailure('WADO-RS', thrown.reason, {
          status: answer.status,
          detail: thrown.message,
          error: thrown,
        })
      : thrown;
  }
}

/** The resource of an instance's metadata, to see whether the service is there. */
export function metadataPath(resource: RetrieveResource): string {
  return `${pathOf(resource)}/metadata`;
}

/** As it is stored, whatever its transfer syntax; servers older than that parameter choose one themselves. */
const accepted = [
  'multipart/related; type="application/dicom"; transfer-syntax=*',
  'multipart/related; type="application/dicom"',
] as const;

async function askFor(session: WebSession, path: string): Promise<WebAnswer> {
  try {
    return await session.askFor({ service: 'WADO-RS', path, headers: { accept: accepted[0] } });
  } catch (thrown) {
    const refused =
      thrown instanceof FailureError &&
      thrown.failure.step === 'http' &&
      (thrown.failure.cause === 'not-acceptable' || thrown.failure.cause === 'bad-request');
    if (!refused) throw thrown;
    return session.askFor({ service: 'WADO-RS', path, headers: { accept: accepted[1] } });
  }
}

function pathOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: RetrieveResource): string {
  const parts = [
    ['studies', studyInstanceUid],
    ['series', seriesInstanceUid],
    ['instances', seriesInstanceUid === null ? null : sopInstanceUid],
  ] as const;
  return parts.map(([name, uid]) => (uid === null ? '' : `/${name}/${encodeURIComponent(uid)}`)).join('');
}

async function* eventsOf(answer: WebAnswer, { limits }: WebSession): AsyncGenerator<MultipartEvent> {
  const contentType = answer.headers['content-type'] ?? '';
  const boundary = boundaryOf(contentType);
  if (boundary !== null) return yield* readMultipart(answer.body(), boundary, limits);
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== dicomMediaType) {
    answer.giveUp();
    const facts = { status: answer.status, detail: printable(mediaType) };
    throw httpFailure('WADO-RS', 'not-dicomweb', facts);
  }
  // One instance may come by itself (PS3.18 §8.7.3.1).
  yield { kind: 'part', headers: new Map([['content-type', dicomMediaType]]) };
  let bytes = 0;
  for await (const chunk of answer.body()) {
    bytes += chunk.length;
    if (bytes > limits.partBytes) throw new MultipartError('too-large', 'part');
    yield { kind: 'bytes', bytes: chunk };
  }
  yield { kind: 'part-end' };
}

const dicomMediaType = 'application/dicom';

/** While the disk makes some safe the next may come, but not all of a study. */
const mostCommitting = 8;

/** The parts of one answer on their way into the store. */
class Taking {
  readonly #studyInstanceUid: string;
  readonly #options: RetrieveInstancesOptions;
  readonly #ending = new Set<Promise<void>>();
  readonly #counts = { stored: 0, refused: 0, unreadable: 0 };
  #file: ReceivingFile | null = null;
  #bug: { readonly thrown: unknown } | null = null;

  constructor(studyInstanceUid: string, options: RetrieveInstancesOptions) {
    this.#studyInstanceUid = studyInstanceUid;
    this.#options = options;
  }

  async take(event: MultipartEvent): Promise<void> {
    switch (event.kind) {
      case 'part':
        this.#begin(event.headers.get('content-type') ?? dicomMediaType);
        return;
      case 'bytes': {
        const file = this.#file;
        if (file === null) return;
        await file.take(event.bytes);
        if (file.instance !== null) this.#options.onActivity?.(file.instance);
        return;
      }
      case 'part-end':
        await this.#end();
    }
  }

  async end(): Promise<RetrievedInstances> {
    await Promise.all(this.#ending);
    if (this.#bug !== null) throw this.#bug.thrown;
    return { ...this.#counts };
  }

  /** What was whole stays; what was not leaves nothing behind. */
  async breakOff(): Promise<void> {
    await this.#file?.discard();
    await Promise.all(this.#ending);
  }

  #begin(contentType: string): void {
    if (contentType.split(';')[0]?.trim().toLowerCase() !== dicomMediaType) {
      this.#counts.unreadable += 1;
      return;
    }
    const { store, remoteAddress } = this.#options;
    const studyInstanceUid = this.#studyInstanceUid;
    this.#file = new ReceivingFile({ store, remoteAddress, studyInstanceUid });
  }

  async #end(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    if (file === null) return;
    const ending = file.end().then(
      (received) => this.#enter(received),
      (thrown: unknown) => {
        this.#bug = { thrown };
      },
    );
    const kept = ending.finally(() => this.#ending.delete(kept));
    this.#ending.add(kept);
    if (this.#ending.size >= mostCommitting) await Promise.race(this.#ending);
  }

  #enter(received: ReceivedFile): void {
    if (received.kind === 'stored') {
      this.#counts.stored += 1;
      this.#options.onStored?.(received.stored);
      return;
    }
    if (received.instance === null) this.#counts.unreadable += 1;
    else {
      this.#counts.refused += 1;
      this.#options.onRefused?.(received.instance, received.failure);
    }
  }
}
