import { nothingSelected, type Selection, type Sort } from '../../components/index.ts';
import {
  nextSearch,
  nothingAsked,
  rowsOf,
  type SearchEvent,
  type StudyRow,
  type StudySearch,
} from './study-search.ts';

/** A search, and how a person looks at what it finds. */
export interface Browsing {
  readonly search: StudySearch;
  readonly selection: Selection;
  /** The order a person wants. */
  readonly sort: Sort;
  /** `arrived`: rows are added at the end, because nothing may move under the pointer. */
  readonly order: 'arrived' | 'sorted';
}

export type BrowsingEvent =
  | SearchEvent
  | { readonly kind: 'selected'; readonly selection: Selection }
  | { readonly kind: 'sorted'; readonly sort: Sort };

export const nothingBrowsed: Browsing = {
  search: nothingAsked,
  selection: nothingSelected,
  sort: { columnId: 'studyDate', direction: 'descending' },
  order: 'sorted',
};

export function nextBrowsing(browsing: Browsing, event: BrowsingEvent): Browsing {
  switch (event.kind) {
    case 'selected':
      return { ...browsing, selection: event.selection };
    case 'sorted':
      return { ...browsing, sort: event.sort, order: 'sorted' };
    case 'asked':
      return {
        ...browsing,
        search: nextSearch(browsing.search, event),
        selection: nothingSelected,
        order: 'arrived',
      };
    case 'found':
    case 'refused':
    case 'ended':
    case 'stopped':
    case 'failed': {
      const search = nextSearch(browsing.search, event);
      return { ...browsing, search, order: search.kind === 'asking' ? browsing.order : orderAtEnd(browsing) };
    }
  }
}

/** Put in order once, when the last row is there, unless someone is at work in them by then. */
function orderAtEnd({ search, order, selection }: Browsing): Browsing['order'] {
  return search.kind === 'asking' && selection.activeKey === null ? 'sorted' : order;
}

/** The row the keyboard is on. */
export function activeRow({ search, selection }: Browsing): StudyRow | null {
  return rowsOf(search).find(({ key }) => key === selection.activeKey) ?? null;
}

export function selectedRows({ search, selection }: Browsing): readonly StudyRow[] {
  return selection.keys.size === 0 ? [] : rowsOf(search).filter(({ key }) => selection.keys.has(key));
}
