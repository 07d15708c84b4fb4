"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";

/**
 * One way to do something on these pages: busy meanwhile, then words about it and the page as it is now; what was refused
 * is said in the server's words.
 */
export const useDeed = () => {
  const router = useRouter();
  const t = useTranslations("common");
  const [busy, setBusy] = useState(false);
  const perform = async (input: { deed: () => Promise<unknown>; done: string; goTo?: string }): Promise<void> => {
    setBusy(true);
    try {
      await input.deed();
      toast({ title: input.done });
      if (input.goTo !== undefined) router.push(input.goTo);
      router.refresh();
    } catch (error) {
      const told = error instanceof ApiError && t.has(`errors.${error.code}`) ? t(`errors.${error.code}`) : null;
      const title = told ?? t("errors.internal");
      const description = error instanceof ApiError ? error.message : undefined;
      toast({ tone: "danger", title, ...(description === undefined ? {} : { description }) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, perform };
};
