/** What a stream of logs that began on the first day has grown to, by the age of what is in it. */

export const HOURS_A_MONTH = 730;
export const DAYS_A_MONTH = HOURS_A_MONTH / 24;

/** The integral over the days from 0 to `day` of how much of a stream of one a day is between two ages. */
function area(day: number, from: number, until: number): number {
  if (day <= from) return 0;
  if (day <= until) return (day - from) ** 2 / 2;
  return (until - from) ** 2 / 2 + (until - from) * (day - until);
}

/**
 * How much is between two ages, on average over a month.
 *
 * @param monthly what comes in a month, evenly
 * @param from days since it came, `until` not included; Infinity where it stays
 * @param month the first is 1
 */
export function held(monthly: number, from: number, until: number, month: number): number {
  if (until <= from) return 0;
  return (monthly / DAYS_A_MONTH) * ((area(month * DAYS_A_MONTH, from, until) - area((month - 1) * DAYS_A_MONTH, from, until)) / DAYS_A_MONTH);
}

/** How much of it becomes so many days old in a month. */
export function reaching(monthly: number, days: number, month: number): number {
  return monthly * Math.min(1, Math.max(0, month - days / DAYS_A_MONTH));
}
