/** The day of a moment in UTC, as `YYYY-MM-DD`. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);

/** The first day of a moment's month in UTC, as `YYYY-MM-DD`. */
export const utcMonth = (at: Date): string => `${at.toISOString().slice(0, 7)}-01`;

/** When the day after a moment's begins in UTC, in milliseconds since 1970. */
export const nextUtcDayMs = (at: Date): number => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1);
