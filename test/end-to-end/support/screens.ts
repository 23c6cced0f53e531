import type { Locator, Page } from '@playwright/test';

export const screenNames = ['Query', 'Send', 'Viewer', 'Transfers', 'Servers', 'Settings'] as const;
export type ScreenName = (typeof screenNames)[number];

/** Goes to a screen by its name in the navigation. */
export async function goTo(page: Page, screen: ScreenName): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click();
}

/** The row of the results whose text holds this. */
export function studyRow(page: Page, text: string | RegExp): Locator {
  return page.getByRole('grid').getByRole('row').filter({ hasText: text });
}

/** The picture in the viewer, with what it shows as `data-` attributes. */
export function viewport(page: Page): Locator {
  return page.locator('.viewport');
}
