import { useEffect, useRef } from 'react';

/**
 * Hears one kind of news for as long as the component stands: `useNews(viewer.servers.changed, take)`.
 * `receive` may be a new function on every draw; the listening goes on.
 */
export function useNews<Item>(
  news: (listen: (item: Item) => void) => () => void,
  receive: (item: Item) => void,
): void {
  const latest = useRef(receive);
  useEffect(() => {
    latest.current = receive;
  });
  useEffect(() => news((item) => latest.current(item)), [news]);
}
