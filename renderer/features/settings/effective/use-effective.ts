import { useCallback, useEffect, useRef, useState } from 'react';
import type { EffectiveConfiguration } from '../../../../electron/contract/effective-configuration.ts';
import { useNews, useViewer, type Kept } from '../../../bridge/index.ts';

export interface Effective {
  readonly kept: Kept<EffectiveConfiguration>;
  /** When it changed while it was being looked at, ISO 8601; `null`: it did not. */
  readonly changedAt: string | null;
}

/** Everything that counts, kept up while an administrator changes the file. */
export function useEffective(): Effective {
  const { servers, settings } = useViewer();
  const [kept, setKept] = useState<Kept<EffectiveConfiguration>>({ kind: 'asking' });
  const [changedAt, setChangedAt] = useState<string | null>(null);
  const latest = useRef(0);

  const ask = useCallback(async (): Promise<void> => {
    const mine = (latest.current += 1);
    const result = await settings.effective();
    if (latest.current !== mine) return;
    setKept((before) => {
      if (!result.ok) return { kind: 'failed', failure: result.failure };
      if (before.kind === 'answered' && JSON.stringify(before.value) !== JSON.stringify(result.value)) {
        setChangedAt(new Date().toISOString());
      }
      return { kind: 'answered', value: result.value };
    });
  }, [settings]);

  useNews(servers.changed, () => void ask());
  useNews(settings.changed, () => void ask());
  useEffect(() => void ask(), [ask]);

  return { kept, changedAt };
}
