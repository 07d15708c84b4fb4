"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { ProofFields, proofOf } from "#components/settings/proof-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { LeavingPreviewDto } from "#lib/accounts/leaving/dto.ts";
import { leaveAccount } from "#lib/api-client/your-data.ts";

const LeaveForm = ({ preview }: { preview: LeavingPreviewDto }) => {
  const t = useTranslations("your-data.leave");
  const proof = useTranslations("external.proof");
  const { state, form, onSubmit } = useAccountForm({
    words: { forbidden: proof("stale"), conflict: t("lastAdmin") },
    send: async (values) => {
      await leaveAccount({ username: (values.username ?? "").trim(), ...proofOf(values) });
      window.location.assign("/");
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="username" label={t("username")} error={state.fields.username}>
        <Input required maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      <ProofFields needs={preview} fields={state.fields} />
      <Button type="submit" variant="danger" busy={state.busy} className="mt-1 self-end">
        {t("delete")}
      </Button>
    </form>
  );
};

/** What deleting the account takes along, and the way to do it, confirmed by typing the username. */
export const LeaveAccount = ({ username, preview }: { username: string; preview: LeavingPreviewDto }) => {
  const t = useTranslations("your-data.leave");
  const [asked, setAsked] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex list-disc flex-col gap-1 pl-5 text-14 text-muted empty:hidden">
        {preview.channels.map(({ handle, name, videos, members }) => (
          <li key={handle}>
            {t("channel", { name, videos })}
            {members === 0 ? null : <span className="text-danger"> · {t("shared", { members })}</span>}
          </li>
        ))}
      </ul>
      {preview.isLastAdmin ? (
        <p className="text-14 text-muted">{t("lastAdmin")}</p>
      ) : (
        <Button variant="danger" className="self-start" onClick={() => setAsked(true)}>
          {t("open")}
        </Button>
      )}
      <Dialog
        open={asked}
        onOpenChange={setAsked}
        title={t("confirmTitle")}
        description={t("confirmText", { username })}
      >
        <LeaveForm preview={preview} />
      </Dialog>
    </div>
  );
};
