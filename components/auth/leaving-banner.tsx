"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { keepAccount } from "#lib/api-client/your-data.ts";

/** Told on every page to somebody whose account is being deleted, with the way back. */
export const LeavingBanner = ({ removedAt }: { removedAt: string }) => {
  const t = useTranslations("your-data.leaving");
  const format = useFormatter();
  const [state, setState] = useState<"asked" | "busy" | "failed">("asked");
  const keep = () => {
    setState("busy");
    keepAccount().then(
      // A full load, so that every part of the page sees the account again.
      () => window.location.reload(),
      () => setState("failed"),
    );
  };
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-danger-ground px-4 py-2.5 text-14 text-ink sm:justify-center"
    >
      <p className="text-pretty">
        {state === "failed"
          ? t("failed")
          : t("text", { date: format.dateTime(new Date(removedAt), { dateStyle: "long" }) })}
      </p>
      <Button variant="primary" size="small" busy={state === "busy"} onClick={keep}>
        {t("stay")}
      </Button>
    </div>
  );
};
