import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../electron/contract/failure.ts';
import type { Result } from '../../electron/contract/result.ts';

/** What the main process said last, or why it could not. */
export type Kept<Value> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * A value of the main process that is asked for once and then kept up by news:
 * `useKept(viewer.servers.list, viewer.servers.changed)`.
 *
 * @returns the value, and a way to put in a newer one that came with another answer
 */
export function useKept<Value>(
  ask: (input: void) => Promise<Result<Value>>,
  changed: (listen: (value: Value) => void) => () => void,
): readonly [Kept<Value>, (value: Value) => void] {
  const [kept, setKept] = useState<Kept<Value>>({ kind: 'asking' });
  const put = useCallback((value: Value) => setKept({ kind: 'answered', value }), []);
  useEffect(() => {
    let isOvertaken = false;
    const stopListening = changed((value) => {
      isOvertaken = true; // news is newer than the answer still on its way
      put(value);
    });
    void ask().then((result) => {
      if (isOvertaken) return;
      setKept(
        result.ok ? { kind: 'answered', value: result.value } : { kind: 'failed', failure: result.failure },
      );
    });
    return () => {
      isOvertaken = true;
      stopListening();
    };
  }, [ask, changed, put]);
  return [kept, put];
}
