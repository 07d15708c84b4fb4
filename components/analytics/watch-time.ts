const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A time that was watched in the reader's language: "0 min", "38 min", "12.4 hr", "1,208 hr". */
export const formatWatchTime = ({ ms, locale }: { ms: number; locale: string }): string => {
  const [value, unit] = ms < hourMs ? [ms / minuteMs, "minute"] : [ms / hourMs, "hour"];
  const maximumFractionDigits = unit === "hour" && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(
    value,
  );
};

/** A time to wait: "240 ms" below a second, then "1.4 sec". */
export const formatWait = ({ ms, locale }: { ms: number; locale: string }): string => {
  const [value, unit] = ms < 1000 ? [ms, "millisecond"] : [ms / 1000, "second"];
  const maximumFractionDigits = unit === "second" && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(
    value,
  );
};
