"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { unsubscribe } from "#lib/api-client/notifications.ts";

/** Switches a kind of mail off when, and only when, the button is pressed. */
export const UnsubscribeForm = ({ token, kind, off }: { token: string; kind: string; off: boolean }) => {
  const t = useTranslations("notifications.unsubscribe");
  const [state, setState] = useState<"asked" | "busy" | "failed" | "done">(off ? "done" : "asked");
  const confirm = () => {
    setState("busy");
    unsubscribe(token).then(
      () => setState("done"),
      () => setState("failed"),
    );
  };
  const done = state === "done";
  return (
    <AuthPanel title={t(done ? "done" : "title")} text={t(done ? "doneText" : "text", { kind })}>
      <div aria-live="polite" className="flex flex-wrap items-center gap-3">
        {done ? null : (
          <Button variant="primary" busy={state === "busy"} onClick={confirm}>
            {t("confirm")}
          </Button>
        )}
        <Link href="/settings/notifications" className={buttonClass()}>
          {t("settings")}
        </Link>
        {state === "failed" ? (
          <p role="alert" className="w-full text-14 text-danger">
            {t("failed")}
          </p>
        ) : null}
      </div>
    </AuthPanel>
  );
};
