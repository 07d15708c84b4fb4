/** How many days the pages of analytics can show. */
export const periods = [7, 28, 90, 365] as const;

/** See `periods`. */
export type PeriodDays = (typeof periods)[number];

const dayMs = 24 * 3600 * 1000;

/** The period that an address asks for; 28 days unless it names another one. */
export const periodOf = (asked: string | string[] | undefined): PeriodDays =>
  periods.find((days) => String(days) === asked) ?? 28;

/** The days of a period up to a moment, in UTC, as the API takes them. */
export const daysUpTo = (days: PeriodDays, now: Date): { from: string; to: string } => {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(now.getTime() - (days - 1) * dayMs), to: day(now.getTime()) };
};
