"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toast } from "#components/ui/toast.tsx";

const shownMs = 2000;

/** Copies a text; says for a moment that it did. */
export const CopyButton = ({ text }: { text: string }) => {
  const t = useTranslations("api-docs");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    // Without https the browser may have no clipboard.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    await written.then(
      () => setCopied(true),
      () => toast({ title: t("copyFailed") }),
    );
  };
  return (
    <IconButton size="small" label={copied ? t("copied") : t("copy")} onClick={copy}>
      {copied ? <Check aria-hidden strokeWidth={1.75} /> : <Copy aria-hidden strokeWidth={1.75} />}
    </IconButton>
  );
};
