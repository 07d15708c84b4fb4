"use client";

import { MailWarning, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SendAgain } from "#components/auth/send-again.tsx";
import { rememberForDays } from "#components/shell/remember.ts";

/** What an `UnconfirmedBanner` takes. */
export type UnconfirmedBannerProps = {
  email: string;
  /** Whether uploading and publishing wait for it. */
  required: boolean;
  sendsMails: boolean;
};

const daysOfQuiet = 7;

/** Reminds a signed-in person of the address nobody confirmed; can be put off for a week. */
export const UnconfirmedBanner = ({ email, required, sendsMails }: UnconfirmedBannerProps) => {
  const t = useTranslations("account-mails");
  const [open, setOpen] = useState(true);
  if (!open) return null;
  const putOff = () => {
    rememberForDays({ name: "confirm-later", value: "1", days: daysOfQuiet });
    setOpen(false);
  };
  return (
    <section
      aria-label={t("banner.label")}
      className="flex items-start gap-3 border-b border-line bg-surface px-4 py-2.5 md:px-6"
    >
      <MailWarning aria-hidden size={20} strokeWidth={1.75} className="mt-[5px] shrink-0 text-muted" />
      <div className="flex min-h-[30px] min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 text-14 text-pretty wrap-anywhere">
          {sendsMails ? t(required ? "banner.required" : "banner.text", { email }) : t("banner.held")}
        </p>
        {sendsMails ? <SendAgain email={email} variant="secondary" size="small" /> : null}
      </div>
      <button
        type="button"
        aria-label={t("banner.later")}
        onClick={putOff}
        className="-mr-1.5 flex size-[30px] shrink-0 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-ink"
      >
        <X aria-hidden size={18} strokeWidth={1.75} />
      </button>
    </section>
  );
};
