const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/**
 * Moves the focus to the next region in sight (F6), or the previous one. A region is any element with
 * `data-region`; inside it the selected or first control gets the focus, else the region itself.
 */
export function focusRegion(direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) =>
    region.checkVisibility(),
  );
  const here = regions.findLastIndex((region) => region.contains(document.activeElement));
  const start = here === -1 && direction === -1 ? 0 : here;
  const next = regions[(start + direction + regions.length) % regions.length];
  if (next === undefined) return;
  const inside = [...next.querySelectorAll<HTMLElement>(focusable)].filter((each) => each.checkVisibility());
  (inside.find(isCurrent) ?? inside[0] ?? next).focus();
}

function isCurrent(element: HTMLElement): boolean {
  return element.ariaCurrent === 'page' || element.ariaSelected === 'true';
}
