"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

type Copied = "no" | "yes" | "failed";

/** A token that was just made, to be copied. */
export const MadeToken = ({ token, onDone }: { token: string; onDone: () => void }) => {
  const t = useTranslations("settings.tokens");
  const [copied, setCopied] = useState<Copied>("no");
  const copy = () => {
    // Not there on plain http, but on localhost.
    const written = navigator.clipboard?.writeText(token) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-2 sm:flex-row">
        <code className="min-w-0 flex-1 rounded-control border border-line bg-raised px-3 py-2 font-mono text-14 break-all select-all">
          {token}
        </code>
        <Button variant="primary" onClick={copy} className="self-start">
          {copied === "yes" ? <Check aria-hidden strokeWidth={1.75} /> : <Copy aria-hidden strokeWidth={1.75} />}
          {copied === "yes" ? t("copied") : t("copy")}
        </Button>
      </div>
      <p role="status" className="text-13 text-danger empty:hidden">
        {copied === "failed" ? t("copyFailed") : null}
      </p>
      <Button onClick={onDone} className="self-end">
        {t("done")}
      </Button>
    </div>
  );
};
