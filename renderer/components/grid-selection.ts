/** Which row the keyboard is on, where a range began, and which rows are selected; by their keys. */
export interface Selection {
  readonly activeKey: string | null;
  readonly anchorKey: string | null;
  readonly keys: ReadonlySet<string>;
}

export const nothingSelected: Selection = { activeKey: null, anchorKey: null, keys: new Set() };

/** How a row was reached: alone, as the end of a range (Shift), or added and taken away (Ctrl). */
export type Reach = 'alone' | 'range' | 'toggle';

/** A selection of one row. */
export function selectOnly(key: string): Selection {
  return { activeKey: key, anchorKey: key, keys: new Set([key]) };
}

/** `order`: the keys of all rows, as they are shown. */
export function select(
  selection: Selection,
  { key, reach, order }: { readonly key: string; readonly reach: Reach; readonly order: readonly string[] },
): Selection {
  switch (reach) {
    case 'alone':
      return selectOnly(key);
    case 'toggle': {
      const keys = new Set(selection.keys);
      if (!keys.delete(key)) keys.add(key);
      return { activeKey: key, anchorKey: key, keys };
    }
    case 'range': {
      const anchor = order.indexOf(selection.anchorKey ?? key);
      const end = order.indexOf(key);
      if (anchor < 0 || end < 0) return selectOnly(key);
      const keys = new Set(order.slice(Math.min(anchor, end), Math.max(anchor, end) + 1));
      return { activeKey: key, anchorKey: selection.anchorKey ?? key, keys };
    }
  }
}

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ...selection, activeKey: selection.activeKey ?? order[0] ?? null, keys: new Set(order) };
}
