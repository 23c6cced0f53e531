import type { CertificateBook } from '../security/index.ts';
import type { AdminSource, ServerBook } from '../servers/index.ts';
import type { Settings } from '../settings/index.ts';
import type { TransferQueue } from '../transfers/index.ts';

export interface AdminSubjects {
  readonly admin: AdminSource;
  readonly settings: Settings;
  readonly book: ServerBook;
  readonly certificates: CertificateBook;
  readonly queue: TransferQueue;
  /** Listens where the settings now say. */
  readonly listenAsSet: () => Promise<void>;
}

/** Takes over what the administrator's files say, now and whenever they change. @returns stops doing so */
export function obeyAdmin(subjects: AdminSubjects): () => void {
  const { admin, settings, book, certificates, queue, listenAsSet } = subjects;
  let place = placeIn(settings);
  certificates.manage(admin.current().certificates);
  return admin.onChange(() => {
    certificates.manage(admin.current().certificates);
    settings.changed();
    book.changed();
    if (placeIn(settings) === place) return;
    place = placeIn(settings);
    // A transfer under way is waited for: it may be receiving at the port that is to be left.
    void idle(queue).then(listenAsSet);
  });
}

function placeIn(settings: Settings): string {
  const { listenAddress, listenPort } = settings.current();
  return `${listenAddress} ${listenPort}`;
}

/** Resolves when nothing runs or waits any more. */
async function idle(queue: TransferQueue): Promise<void> {
  for (;;) {
    const running = queue.list().filter(({ endedAt }) => endedAt === null);
    if (running.length === 0) return;
    await Promise.all(running.map(({ id }) => queue.ended(id)));
  }
}
