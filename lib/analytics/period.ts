import type { AnalyticsQuery } from "#lib/analytics/dto.ts";
import { AppError } from "#lib/errors.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

const dayMs = 24 * 3600 * 1000;
const usualDays = 28;
const mostDays = 366;

/** Days from one to another, both inclusive, as `YYYY-MM-DD` in UTC. */
export type Period = { from: string; to: string };

const back = (day: string, days: number) => utcDay(new Date(Date.parse(day) - days * dayMs));

/** Every day of a period, oldest first. */
export const daysOf = ({ from, to }: Period): string[] => {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) => back(to, count - 1 - index));
};

/**
 * The days that are asked for: the last 28 up to today unless told. Throws `invalid_input` for an end before its beginning
 * and for more than 366 days.
 */
export const periodOf = ({ from, to }: AnalyticsQuery, now: Date): Period => {
  const last = to ?? utcDay(now);
  const first = from ?? back(last, usualDays - 1);
  if (first > last)
    throw new AppError("invalid_input", {
      fields: { from: "invalid" },
      hint: "Give a first day that is not after the last one.",
    });
  if (Date.parse(last) - Date.parse(first) >= mostDays * dayMs) {
    throw new AppError("invalid_input", { fields: { from: "invalid" }, hint: "Ask for 366 days at most." });
  }
  return { from: first, to: last };
};
