import { useTranslations } from "next-intl";

/** Remaining time in the roughest unit that still tells something. */
export const TimeLeft = ({ seconds }: { seconds: number }) => {
  const t = useTranslations("common.timeLeft");
  if (seconds < 60) return t("seconds", { seconds: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) return t("minutes", { minutes: Math.round(seconds / 60) });
  return t("hours", { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) });
};
