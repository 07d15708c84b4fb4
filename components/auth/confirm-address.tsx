"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useOneClick } from "#components/auth/use-one-click.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { confirmEmailChange, verifyEmail } from "#lib/api-client/account-mails.ts";

/** What a `ConfirmAddress` takes. */
export type ConfirmAddressProps = {
  /** `verify`: the account's own address; `change`: another one that it is to get. */
  kind: "verify" | "change";
  token: string;
  email: string;
  signedIn: boolean;
};

/** What stands there afterwards; a full load follows, so that every page knows. */
const Done = ({ kind, signedIn }: Pick<ConfirmAddressProps, "kind" | "signedIn">) => {
  const t = useTranslations("account-mails");
  const text = kind === "verify" && !signedIn ? t("verify.doneSignIn") : t(`${kind}.doneText`);
  return (
    <AuthPanel title={t(`${kind}.doneTitle`)} text={text}>
      <a href={signedIn ? "/" : "/login"} className={buttonClass({ variant: "primary" })}>
        {signedIn ? t("goOn") : t("signIn")}
      </a>
    </AuthPanel>
  );
};

/** Confirms an address when, and only when, the button is pressed. */
export const ConfirmAddress = ({ kind, token, email, signedIn }: ConfirmAddressProps) => {
  const t = useTranslations("account-mails");
  const { click, run } = useOneClick(() => (kind === "verify" ? verifyEmail(token) : confirmEmailChange(token)));
  if (click.state === "done") return <Done kind={kind} signedIn={signedIn} />;
  const problem = () => {
    if (click.state !== "failed") return null;
    if (click.code === "gone") return t(`${kind}.deadText`);
    return click.code === "conflict" ? t("change.taken") : click.text;
  };
  return (
    <AuthPanel title={t(`${kind}.title`)} text={t(`${kind}.text`, { email })}>
      <div className="flex flex-col items-start gap-4">
        <FormProblem text={problem()} />
        {click.state === "failed" && kind === "change" ? (
          <Link href="/settings/security" className={buttonClass()}>
            {t("change.settings")}
          </Link>
        ) : (
          <Button variant="primary" busy={click.state === "busy"} onClick={run} className="h-10">
            {t(`${kind}.action`)}
          </Button>
        )}
      </div>
    </AuthPanel>
  );
};
