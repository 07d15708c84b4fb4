"use client";

import { useLocale, useNow, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { formatBytes, formatDay, formatPercent, formatRate, formatSpeed, leftParts } from "./studio-format.ts";

const never = () => () => undefined;

/** The reader's own time zone; that of the server while the page is drawn there, so that both draw the same at first. */
const useTimeZone = () =>
  useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );

/** Numbers, sizes, times and days in the reader's language. */
export const useStudioFormat = () => {
  const locale = useLocale() === "uk" ? "uk" : "en";
  const timeZone = useTimeZone();
  const now = useNow({ updateInterval: 60_000 });
  const t = useTranslations("studio");
  return {
    bytes: (bytes: number) => formatBytes({ bytes, locale }),
    speed: (bytesPerSecond: number) => formatSpeed({ bytesPerSecond, locale }),
    percent: (percent: number) => formatPercent({ percent, locale }),
    rate: (rate: number) => formatRate({ rate, locale }),
    day: (atMs: number) => formatDay({ at: new Date(atMs), now, timeZone, locale }),
    number: (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value),
    left: (secondsLeft: number) => {
      const { form, ...parts } = leftParts(secondsLeft);
      return t(`left.${form}`, parts);
    },
  };
};
