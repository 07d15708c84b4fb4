"use client";

import { useTranslations } from "next-intl";
import { useOneClick } from "#components/auth/use-one-click.ts";
import { Button, type ButtonVariant } from "#components/ui/button.tsx";
import { sendVerificationAgain } from "#lib/api-client/account-mails.ts";

/** Has the mail that confirms the signed-in account's address sent again, and says what came of it. */
export const SendAgain = ({
  email,
  variant = "primary",
  size = "medium",
}: {
  email: string;
  variant?: ButtonVariant;
  size?: "medium" | "small";
}) => {
  const t = useTranslations("account-mails");
  const { click, run } = useOneClick(sendVerificationAgain);
  return (
    <>
      {click.state === "done" ? null : (
        <Button variant={variant} size={size} busy={click.state === "busy"} onClick={run}>
          {click.state === "busy" ? t("sending") : t("sendAgain")}
        </Button>
      )}
      <p role="status" className="text-14 text-pretty text-muted empty:hidden">
        {click.state === "done" ? t("sentAgain", { email }) : null}
        {click.state === "failed" ? <span className="text-danger">{click.text}</span> : null}
      </p>
    </>
  );
};
