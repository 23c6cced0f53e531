import type { CertificateBook } from '../security/index.ts';
import type { AdminSource, ServerBook } from '../servers/index.ts';
import type { Settings } from '../settings/index.ts';
import type { TransferQueue } from '../transfers/index.ts';
import type { Listening } from './listen-as-set.ts';

export interface AdminSubjects {
  readonly admin: AdminSource;
  readonly settings: Settings;
  readonly book: ServerBook;
  readonly certificates: CertificateBook;
  readonly queue: TransferQueue;
  readonly listening: Listening;
}

/**
 * Takes over what the administrator's files say, now and whenever they change, and has our listener follow
 * them and our certificates.
 *
 * @returns stops doing so
 */
export function obeyAdmin(subjects: AdminSubjects): () => void {
  const { admin, settings, book, certificates, queue, listening } = subjects;
  let isFollowing = false;

  async function follow(): Promise<void> {
    if (isFollowing || listening.isAsSet()) return;
    isFollowing = true;
    // A transfer under way is waited for: it may be receiving at the port that is to be left.
    await idle(queue);
    isFollowing = false;
    if (!listening.isAsSet()) await listening.start();
  }

  certificates.manage(admin.current().certificates);
  const endings = [
    certificates.onChange(() => void follow()),
    admin.onChange(() => {
      certificates.manage(admin.current().certificates);
      settings.changed();
      book.changed();
      void follow();
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}

/** Resolves when nothing runs or waits any more. */
async function idle(queue: TransferQueue): Promise<void> {
  for (;;) {
    const running = queue.list().filter(({ endedAt }) => endedAt === null);
    if (running.length === 0) return;
    await Promise.all(running.map(({ id }) => queue.ended(id)));
  }
}
