"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { remember } from "#components/shell/remember.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.tsx";
import { editAccount } from "#lib/api-client/accounts.ts";

type Language = "en" | "uk" | "auto";

/** Display name, a few words and the language; takes effect at once. */
export const ProfileForm = ({
  displayName,
  bio,
  locale,
}: {
  displayName: string;
  bio: string;
  locale: "en" | "uk" | null;
}) => {
  const t = useTranslations("settings.profile");
  const about = useTranslations("avatars");
  const words = useTranslations("common");
  const router = useRouter();
  const [language, setLanguage] = useState<Language>(locale ?? "auto");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async (values) => {
      await editAccount({
        displayName: values.displayName ?? "",
        bio: values.bio ?? "",
        locale: language === "auto" ? null : language,
      });
      // The page follows the choice that was just made, not one that this browser made before.
      if (language !== "auto") remember("locale", language);
      toast({ title: words("saved") });
      router.refresh();
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex max-w-[440px] flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="displayName" label={t("displayName")} hint={t("displayNameHint")} error={state.fields.displayName}>
        <Input defaultValue={displayName} autoComplete="name" required maxLength={60} />
      </Field>
      <Field name="bio" label={about("bio")} hint={about("bioHint")} error={state.fields.bio}>
        <Textarea defaultValue={bio} maxLength={1000} />
      </Field>
      <Field name="language" label={words("language")} hint={t("languageHint")} error={state.fields.locale}>
        <Select<Language>
          value={language}
          onChange={setLanguage}
          options={[
            { value: "auto", label: t("languageAuto") },
            { value: "en", label: "English" },
            { value: "uk", label: "Українська" },
          ]}
        />
      </Field>
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 self-start">
        {words("save")}
      </Button>
    </form>
  );
};
