"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

const shownMs = 2_000;

/** A text to hand on, with a button that copies it. */
export const CopyField = ({ label, value, hint }: { label: string; value: string; hint?: string | undefined }) => {
  const t = useTranslations("sharing");
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  const [said, setSaid] = useState<"copied" | "copyFailed" | null>(null);
  const copy = () => {
    // Should copying fail, the text is selected and ready to be copied by hand.
    box.current?.select();
    // Clipboard access is missing on plain http.
    const written = navigator.clipboard?.writeText(value) ?? Promise.reject(new Error("no clipboard"));
    written.then(
      () => {
        setSaid("copied");
        setTimeout(() => setSaid(null), shownMs);
      },
      () => setSaid("copyFailed"),
    );
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={box}
          id={id}
          readOnly
          dir="ltr"
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-control border border-line bg-raised px-3 text-13 text-muted"
        />
        <Button onClick={copy} aria-label={`${t("copy")}: ${label}`}>
          {said === "copied" ? <Check aria-hidden strokeWidth={1.75} /> : <Copy aria-hidden strokeWidth={1.75} />}
          {said === "copied" ? t("copied") : t("copy")}
        </Button>
      </div>
      <p role="status" className={said === "copyFailed" ? "text-13 text-danger" : "sr-only"}>
        {said === null ? "" : t(said)}
      </p>
      {hint === undefined ? null : <p className="text-13 text-muted">{hint}</p>}
    </div>
  );
};
