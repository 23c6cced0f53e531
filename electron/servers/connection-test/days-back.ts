/** How far back is looked first, in days: an archive of years need not go through all of them. */
export const windows: readonly (number | null)[] = [2, 60, null];

/** As a range of dates (DA, PS3.4 §C.2.2.2.5) that ends today; '' for all. */
export function datesSince(days: number | null): string {
  if (days === null) return '';
  const date = new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
  return `${date.toISOString().slice(0, 10).replaceAll('-', '')}-`;
}
