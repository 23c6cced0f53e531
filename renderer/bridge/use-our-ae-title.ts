import { useKept } from './use-kept.ts';
import { useViewer } from './viewer-context.tsx';

/** This viewer's own AE title, for sentences that name it. */
export function useOurAeTitle(): string {
  const { settings } = useViewer();
  const [kept] = useKept(settings.get, settings.changed);
  return kept.kind === 'answered' ? kept.value.aeTitle.value : 'of this viewer';
}
