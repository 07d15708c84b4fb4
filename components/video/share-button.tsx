"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";

/** Copies the page's address, without where one stands in the video. */
export const ShareButton = () => {
  const t = useTranslations("watch");
  const copy = () => {
    const address = `${window.location.origin}${window.location.pathname}`;
    // Clipboard access is missing on plain http; then the address bar has to do.
    const written = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => toast({ title: t("copied") }),
      () => toast({ title: t("copyFailed") }),
    );
  };
  return (
    <Button onClick={copy}>
      <Link2 aria-hidden strokeWidth={1.75} />
      {t("share")}
    </Button>
  );
};
