import { useEffect, useState } from 'react';
import { describeFailure } from '../../../electron/contract/describe-failure.ts';
import type { NameFacts } from '../../../electron/contract/connection-test.ts';
import { Host } from '../../../electron/contract/host.ts';
import { useViewer } from '../../bridge/index.ts';

const typingPauseMs = 600;

/** What a name stands for, while it is typed: `10.0.4.12, fd00::12`; '' for an address, and while not known. */
export function useResolvedHost(host: string): string {
  const { connectionTest } = useViewer();
  const [known, setKnown] = useState({ host: '', words: '' });
  const name = nameIn(host);

  useEffect(() => {
    if (name === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await connectionTest.resolveName(name);
      if (!isCurrent) return;
      const words = result.ok
        ? resolvedWords(result.value)
        : describeFailure(result.failure, { server: '', ourAeTitle: '' }).title;
      setKnown({ host: name, words });
    }, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [connectionTest, name]);

  return known.host === name ? known.words : '';
}

/** `null`: nothing to look up. */
function nameIn(host: string): string | null {
  const parsed = Host.safeParse(host);
  if (!parsed.success || parsed.data.includes(':') || /^[\d.]+$/.test(parsed.data)) return null;
  return parsed.data;
}

export function resolvedWords({ lookups }: NameFacts): string {
  const found = lookups.filter(({ addresses }) => addresses.length > 0);
  return found.map(({ record, addresses }) => `${record} ${addresses.join(', ')}`).join(' · ');
}
