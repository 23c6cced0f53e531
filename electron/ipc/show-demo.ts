import type { Server } from '../contract/server.ts';
import { StudyKeys, type StudyMatch } from '../contract/study.ts';
import type { Handlers } from './handlers.ts';
import type { NewsStand } from './news-stand.ts';

export interface ShowDemoOptions {
  readonly server: Server;
  readonly handlers: Pick<Handlers, 'query' | 'transfers'>;
  readonly news: NewsStand;
}

/**
 * Retrieves the largest CT study of the demonstration archive, by the way a person would, and asks the
 * window to show it as soon as something of it is here.
 */
export async function showDemo(
  { server, handlers, news }: ShowDemoOptions,
  signal: AbortSignal,
): Promise<void> {
  const keys = StudyKeys.parse({ modalities: ['CT'] });
  const studies: StudyMatch[] = [];
  for await (const found of handlers.query.findStudies({ serverId: server.id, keys, limit: 100 }, signal)) {
    if (found.kind === 'matches') studies.push(...found.matches);
  }
  const largest = studies.toSorted((a, b) => (b.instanceCount ?? 0) - (a.instanceCount ?? 0))[0];
  if (largest === undefined) return;
  const { studyInstanceUid, patientName, patientId, studyDescription, studyDate } = largest;
  const stopListening = news.listen((message) => {
    if (message.kind !== 'news' || message.path !== 'archive.changed') return;
    if (Reflect.get(Object(message.item), 'studyInstanceUid') !== studyInstanceUid) return;
    stopListening();
    news.publish('archive.show', studyInstanceUid);
  });
  const study = {
    serverId: server.id,
    studyInstanceUid,
    patientName,
    patientId,
    studyDescription,
    studyDate,
  };
  await handlers.transfers.retrieve(study, signal);
}
