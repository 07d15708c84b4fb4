import type { Locale } from "#lib/i18n/locale.ts";

type Unit = { over: number; unit: string };

const byteUnits: readonly Unit[] = [
  { over: 1e12, unit: "terabyte" },
  { over: 1e9, unit: "gigabyte" },
  { over: 1e6, unit: "megabyte" },
  { over: 1e3, unit: "kilobyte" },
];

const scaled = ({ value, locale, perSecond }: { value: number; locale: Locale; perSecond: boolean }) => {
  const { over, unit } = byteUnits.find((candidate) => value >= candidate.over) ?? { over: 1, unit: "byte" };
  const amount = value / over;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: perSecond ? `${unit}-per-second` : unit,
    // The short form of bytes alone knows no plural: "12 byte".
    unitDisplay: unit === "byte" && !perSecond ? "long" : "short",
    maximumFractionDigits: amount < 100 && over >= 1e6 ? 1 : 0,
  }).format(amount);
};

/** A size in the reader's language: "4.8 GB", "212 MB". Units of 1000, as file managers and disks use them. */
export const formatBytes = ({ bytes, locale }: { bytes: number; locale: Locale }): string =>
  scaled({ value: bytes, locale, perSecond: false });

/** A transfer speed: "18.4 MB/s". */
export const formatSpeed = ({ bytesPerSecond, locale }: { bytesPerSecond: number; locale: Locale }): string =>
  scaled({ value: bytesPerSecond, locale, perSecond: true });

/** A share: "63%" or "63 %". Never says 100 before the end. */
export const formatPercent = ({ percent, locale }: { percent: number; locale: Locale }): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(Math.floor(percent) / 100);

/** How many times faster than playing something is made: "2.6x", as players write speeds. */
export const formatRate = ({ rate, locale }: { rate: number; locale: Locale }): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: rate < 10 ? 1 : 0 }).format(rate)}x`;

/** Parts of a remaining time for the message `left`: seconds alone, minutes with seconds below five minutes, hours with minutes. */
export const leftParts = (
  secondsLeft: number,
): { form: "seconds" | "minutesSeconds" | "minutes" | "hours"; hours: number; minutes: number; seconds: number } => {
  const whole = Math.max(1, Math.round(secondsLeft));
  const parts = { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
  if (whole < 60) return { form: "seconds", ...parts };
  if (whole < 300 && parts.seconds > 0) return { form: "minutesSeconds", ...parts };
  return { form: whole < 3600 ? "minutes" : "hours", ...parts };
};

const dayNumber = ({ at, timeZone }: { at: Date; timeZone: string }) => {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
  return Date.parse(parts) / 86_400_000;
};

/** "today", "yesterday", else the date: "12 Nov 2025". Days are those of `timeZone`. */
export const formatDay = ({
  at,
  now,
  timeZone,
  locale,
}: {
  at: Date;
  now: Date;
  timeZone: string;
  locale: Locale;
}): string => {
  const days = dayNumber({ at, timeZone }) - dayNumber({ at: now, timeZone });
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
  const date = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { timeZone, dateStyle: "medium" });
  // Without what stands after the year: in Ukrainian the word for it, which a column of dates says by itself.
  const parts = date.formatToParts(at);
  const last = parts.findIndex(({ type }) => type === "year");
  return parts
    .slice(0, last + 1)
    .map(({ value }) => value)
    .join("");
};
