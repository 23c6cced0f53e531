import { useKept } from './use-kept.ts';
import { useViewer } from './viewer-context.tsx';

/** Whether the administrator has turned sending off, so that its screen is not offered. */
export function useHiddenSend(): boolean {
  const { servers } = useViewer();
  const [kept] = useKept(servers.list, servers.changed);
  return kept.kind === 'answered' && kept.value.policies.hide_send.value;
}
