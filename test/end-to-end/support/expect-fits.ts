import { expect, type Page } from '@playwright/test';

/**
 * Expects the page to have no scroll bar of its own, and nothing to press or fill in beyond its edges
 * where it could not be scrolled to.
 */
export async function expectFits(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(beyondTheEdge), { message: 'fits its window', timeout: 5_000 })
    .toEqual([]);
}

function beyondTheEdge(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide in ${clientWidth}`] : [];
  const controls = document.querySelectorAll<HTMLElement>('button, input, select, textarea, [role="option"]');
  for (const control of controls) {
    const { left, right, width } = control.getBoundingClientRect();
    const isOutside = width > 1 && (left < -1 || right > clientWidth + 1);
    if (isOutside && !canScrollTo(control)) {
      const name = control.getAttribute('aria-label') ?? control.innerText;
      found.push(
        `${control.tagName} “${name}” from ${Math.round(left)} to ${Math.round(right)} of ${clientWidth}`,
      );
    }
  }
  return found;

  function canScrollTo(element: HTMLElement): boolean {
    for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
      const isScroller = ['auto', 'scroll'].includes(getComputedStyle(parent).overflowX);
      if (isScroller && parent.scrollWidth > parent.clientWidth) return true;
    }
    return false;
  }
}
