"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { useLanguageOptions } from "../use-language-options.ts";
import type { EditorStart } from "./editor-start.tsx";
import type { VideoFormState } from "./use-video-form.ts";

/** What a select says for a choice that nobody made. */
const none = "none";

/** What the video is about and what is spoken in it; both help people to find it. */
export const AboutFields = ({ state, categories }: { state: VideoFormState } & Pick<EditorStart, "categories">) => {
  const t = useTranslations("texts.about");
  const names = useTranslations("categories");
  const { form, change, errors } = state;
  const languages = useLanguageOptions(form.language);
  const about: SelectOption<(typeof categories)[number] | typeof none>[] = [
    { value: none, label: names("none") },
    ...categories.map((value) => ({ value, label: names(value) })),
  ];
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field name="category" label={names("label")} error={errors.category}>
        <Select
          value={form.category ?? none}
          options={about}
          onChange={(value) => change({ category: value === none ? null : value })}
        />
      </Field>
      <Field name="language" label={t("language")} hint={t("languageHint")} error={errors.language}>
        <Select
          value={form.language ?? none}
          options={[{ value: none, label: t("noLanguage") }, ...languages]}
          onChange={(value) => change({ language: value === none ? null : value })}
        />
      </Field>
    </div>
  );
};
