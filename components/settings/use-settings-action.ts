"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";

/** One action of a settings page: says what came of it and draws the page anew. */
export const useSettingsAction = () => {
  const t = useTranslations("common");
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<string>) => {
    setBusy(true);
    work().then(
      (said) => {
        setBusy(false);
        toast({ title: said });
        router.refresh();
      },
      (error: unknown) => {
        setBusy(false);
        const code = error instanceof ApiError ? error.code : "internal";
        toast({
          title: t.has(`errors.${code}`) ? t(`errors.${code}`, { minutes: 0 }) : t("errors.internal"),
          tone: "danger",
        });
        // What was to be ended may be gone already.
        router.refresh();
      },
    );
  };
  return { busy, run };
};
