import { useLocale } from "next-intl";
import { formatBytes } from "#components/studio/studio-format.ts";

/** Sizes in the reader's language. */
export const useSize = (): ((bytes: number) => string) => {
  const locale = useLocale() === "uk" ? "uk" : "en";
  return (bytes) => (bytes < 0 ? `−${formatBytes({ bytes: -bytes, locale })}` : formatBytes({ bytes, locale }));
};
