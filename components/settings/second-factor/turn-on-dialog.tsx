"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeField } from "#components/auth/code-field.tsx";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { refuseEmpty } from "#components/auth/refuse-empty.ts";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { SecondFactorSecretDto } from "#lib/accounts/dto.ts";
import { beginSecondFactor, confirmSecondFactor } from "#lib/api-client/second-factor.ts";

const PasswordStep = ({ email, onSecret }: { email: string; onSecret: (secret: SecondFactorSecretDto) => void }) => {
  const t = useTranslations("second-factor");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ password = "" }) => {
      refuseEmpty({ password: password === "" && t("passwordMissing") });
      onSecret(await beginSecondFactor(password));
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <PasswordField label={t("password")} error={state.fields.password} autoComplete="current-password" />
      <Button type="submit" variant="primary" busy={state.busy} className="self-end">
        {t("next")}
      </Button>
    </form>
  );
};

/** The key in groups of four, as one types it. */
const spaced = (secret: string) => secret.replaceAll(/(.{4})(?=.)/g, "$1 ");

const ScanStep = ({
  secret: { secret, qrSvg },
  onCodes,
}: {
  secret: SecondFactorSecretDto;
  onCodes: (codes: string[]) => void;
}) => {
  const t = useTranslations("second-factor");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ code = "" }) => {
      refuseEmpty({ code: code.trim() === "" && t("proofMissing") });
      onCodes((await confirmSecondFactor(code.trim())).recoveryCodes);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      {/* White in both themes: cameras look for dark squares on a light ground. */}
      {/* biome-ignore lint/performance/noImgElement: the picture is made for this answer alone; there is nothing to optimise */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt={t("qr")}
        width={208}
        height={208}
        className="self-center rounded-control"
      />
      <div className="text-14 text-muted">
        <p>{t("byHand")}</p>
        <p className="mt-1 font-mono text-14 text-ink select-all wrap-anywhere">{spaced(secret)}</p>
      </div>
      <CodeField kind="app" name="code" error={state.fields.code} />
      <p className="text-13 text-muted">{t("othersEnd")}</p>
      <Button type="submit" variant="primary" busy={state.busy} className="self-end">
        {t("confirm")}
      </Button>
    </form>
  );
};

/** Switches the second factor on: the password, then the app's first code; gives the recovery codes. */
export const TurnOnDialog = ({
  open,
  email,
  onClose,
  onCodes,
}: {
  open: boolean;
  email: string;
  onClose: () => void;
  onCodes: (codes: string[]) => void;
}) => {
  const t = useTranslations("second-factor");
  const [secret, setSecret] = useState<SecondFactorSecretDto | null>(null);
  const close = () => {
    // A closed window forgets the secret; beginning anew makes another one.
    setSecret(null);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : close())}
      title={t(secret === null ? "passwordTitle" : "scanTitle")}
      description={t(secret === null ? "passwordText" : "scanText")}
    >
      {secret === null ? (
        <PasswordStep email={email} onSecret={setSecret} />
      ) : (
        <ScanStep
          secret={secret}
          onCodes={(codes) => {
            close();
            onCodes(codes);
          }}
        />
      )}
    </Dialog>
  );
};
