"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";

/** What is said when an action went well, and how to undo it where that can be. */
export type Said = { title: string; undo?: { done: string; work: () => Promise<unknown> } };

/** One action of an admin page: says what came of it, offers to undo it, and draws the page anew. */
export const useAdminAction = () => {
  const t = useTranslations("common");
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const fail = (error: unknown) => {
    const code = error instanceof ApiError ? error.code : "internal";
    // What a conflict says of itself is more use to an admin than that there is one.
    const title =
      code === "conflict" && error instanceof ApiError ? error.message : t(`errors.${code}`, { minutes: 0 });
    toast({ title: t.has(`errors.${code}`) ? title : t("errors.internal"), tone: "danger" });
    router.refresh();
  };
  const tell = ({ title, undo }: Said) => {
    if (undo === undefined) toast({ title });
    else {
      toast({
        title,
        action: {
          label: t("undo"),
          onSelect: () => {
            undo.work().then(() => {
              toast({ title: undo.done });
              router.refresh();
            }, fail);
          },
        },
      });
    }
  };
  const run = (work: () => Promise<Said>) => {
    setBusy(true);
    work()
      .then((said) => {
        tell(said);
        router.refresh();
      }, fail)
      .finally(() => setBusy(false));
  };
  return { busy, run };
};
