"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";

/** What a button that asks the server for one thing is at. */
export type OneClick = { state: "asked" | "busy" | "done" } | { state: "failed"; code: string; text: string };

/** One click, one request: its state, and what went wrong in words. */
export const useOneClick = (work: () => Promise<void>) => {
  const t = useTranslations("common");
  const [click, setClick] = useState<OneClick>({ state: "asked" });
  const explain = (error: unknown): OneClick => {
    const { code, retryAfterSeconds } =
      error instanceof ApiError ? error : { code: "internal", retryAfterSeconds: undefined };
    const minutes = Math.ceil((retryAfterSeconds ?? 0) / 60);
    const text = t.has(`errors.${code}`) ? t(`errors.${code}`, { minutes }) : t("errors.internal");
    return { state: "failed", code, text };
  };
  const run = () => {
    setClick({ state: "busy" });
    work().then(
      () => setClick({ state: "done" }),
      (error: unknown) => setClick(explain(error)),
    );
  };
  return { click, run };
};
