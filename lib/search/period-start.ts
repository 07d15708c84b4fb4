import type { Period } from "#lib/search/engine.ts";

const dayMs = 86_400_000;
const days: Record<Period, number> = { day: 1, week: 7, month: 30, year: 365 };

/** When a period that lasts until now began. */
export const periodStart = (period: Period, now: Date): Date => new Date(now.getTime() - days[period] * dayMs);
