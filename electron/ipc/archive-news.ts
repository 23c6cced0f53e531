import type { Archive } from '../archive/index.ts';
import type { ArchiveStudy } from '../contract/archive.ts';

const everyMs = 250;

/**
 * Tells of each study that gained an instance, as it then stands, at most four times a second.
 *
 * @returns stops listening
 */
export function archiveNews(archive: Archive, publish: (study: ArchiveStudy) => void): () => void {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;

  const tell = async (): Promise<void> => {
    const uids = [...changed];
    changed.clear();
    for (const uid of uids) {
      const study = stopped ? null : await archive.study(uid);
      if (study !== null) publish(study);
    }
    timer = changed.size > 0 && !stopped ? setTimeout(() => void tell(), everyMs) : null;
  };

  const stopListening = archive.onStored(({ studyInstanceUid }) => {
    changed.add(studyInstanceUid);
    timer ??= setTimeout(() => void tell(), everyMs);
  });
  return () => {
    stopped = true;
    stopListening();
    if (timer !== null) clearTimeout(timer);
  };
}
