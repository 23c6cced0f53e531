import type { Contract } from '../contract/contract.ts';
import type { News } from '../contract/define.ts';
import type { ToRenderer } from '../contract/wire.ts';

type NewsOf<Room extends keyof Contract> = {
  [
    Name in keyof Contract[Room] & string as Contract[Room][Name] extends { kind: 'news' }
      ? `${Room}.${Name}`
      : never
  ]: Contract[Room][Name] extends News<infer Item> ? Item : never;
};

/** Every piece of news by its path, such as `transfers.changed`, with what it carries. */
type AllNews = NewsOf<'servers'> &
  NewsOf<'transfers'> &
  NewsOf<'archive'> &
  NewsOf<'certificates'> &
  NewsOf<'connectionTest'> &
  NewsOf<'observations'> &
  NewsOf<'settings'>;

export interface NewsStand {
  publish<Path extends keyof AllNews>(path: Path, item: AllNews[Path]): void;
  /** @returns stops listening */
  listen(listener: (message: ToRenderer) => void): () => void;
}

/** Hands the news of all rooms to every window that listens. */
export function newsStand(): NewsStand {
  const listeners = new Set<(message: ToRenderer) => void>();
  return {
    publish: (path, item) => {
      for (const listener of listeners) listener({ kind: 'news', path, item });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
