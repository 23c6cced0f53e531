import { visibleText } from './visible-text.ts';

/**
 * A DA value in the person's locale; what is no date is shown as it came, made visible.
 *
 * The month is a word, so that no one has to know whose order the numbers are in.
 */
export function formatDate(value: string, locale?: string): string {
  const date = parseDate(value);
  if (date === null) return visibleText(value);
  return formatter('date', locale).format(date);
}

/** A TM value in the person's locale, to the minute; what is no time is shown as it came. */
export function formatTime(value: string, locale?: string): string {
  const match = /^(\d{2}):?(\d{2})?(?::?(\d{2})(?:\.\d{1,6})?)?$/.exec(value.trim());
  const [, hours = '99', minutes = '00'] = match ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return visibleText(value);
  return formatter('time', locale).format(Date.UTC(2000, 0, 1, Number(hours), Number(minutes)));
}

/** How old someone was on that day: '61 y', under two years '14 mo', under two months '9 d'; '' if unknown. */
export function ageAt(birthDate: string, onDate: string): string {
  const born = parseDate(birthDate);
  const then = parseDate(onDate);
  if (born === null || then === null || then < born) return '';
  const days = Math.floor((then.getTime() - born.getTime()) / 86_400_000);
  const months =
    (then.getUTCFullYear() - born.getUTCFullYear()) * 12 +
    (then.getUTCMonth() - born.getUTCMonth()) -
    (then.getUTCDate() < born.getUTCDate() ? 1 : 0);
  if (months < 2) return `${days} d`;
  return months < 24 ? `${months} mo` : `${Math.floor(months / 12)} y`;
}

/** YYYYMMDD, or the YYYY.MM.DD of older objects (PS3.5 §6.2); `null`: not a day of the calendar. */
export function parseDate(value: string): Date | null {
  const match = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/.exec(value.trim());
  if (match === null) return null;
  const [, year, , month, day] = match.map(Number);
  const date = new Date(Date.UTC(2000, (month ?? 0) - 1, day ?? 0));
  // Apart, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day ?? 0);
  const exists = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return exists ? date : null;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Made once per kind: making one costs a hundred times as much as using it. */
function formatter(kind: 'date' | 'time', locale: string | undefined): Intl.DateTimeFormat {
  const key = `${kind} ${locale ?? ''}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const style = kind === 'date' ? { dateStyle: 'medium' as const } : { timeStyle: 'short' as const };
  const made = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
  formatters.set(key, made);
  return made;
}
