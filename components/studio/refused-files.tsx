"use client";

import { CircleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useStudio } from "./studio-context.tsx";

/** Files that were not taken, each with the reason, until dismissed. */
export const RefusedFiles = () => {
  const t = useTranslations("uploader.refused");
  const { refused, dismissRefused } = useStudio();
  return (
    <div role="alert" className="empty:hidden">
      {refused.length === 0 ? null : (
        <div className="flex items-start gap-3 rounded-control bg-danger-ground py-2 pr-2 pl-3">
          <CircleAlert aria-hidden size={18} strokeWidth={1.75} className="mt-1 shrink-0 text-danger" />
          <ul className="min-w-0 flex-1 py-1 text-14">
            {refused.map(({ name, reason }) => (
              <li key={name} className="break-words">
                {t(reason, { name })}
              </li>
            ))}
          </ul>
          <IconButton size="small" label={t("dismiss")} onClick={dismissRefused}>
            <X aria-hidden strokeWidth={1.75} />
          </IconButton>
        </div>
      )}
    </div>
  );
};
