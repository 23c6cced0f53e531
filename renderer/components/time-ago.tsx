import { useEffect, useState, type ReactElement } from 'react';
import { ago } from './ago.ts';

const refreshMs = 30_000;

/** A moment as its age, the exact time on hover. `at` is ISO 8601. */
export function TimeAgo({ at }: { readonly at: string }): ReactElement {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), refreshMs);
    return () => clearInterval(timer);
  }, []);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={moment.toLocaleString()}>
      {ago(moment, now)}
    </time>
  );
}
