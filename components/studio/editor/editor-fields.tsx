"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TagInput } from "#components/ui/tag-input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useStudioFormat } from "../use-studio-format.ts";
import { VisibilitySelect } from "../visibility-select.tsx";
import { AboutFields } from "./about-fields.tsx";
import type { EditorStart } from "./editor-start.tsx";
import type { VideoFormState } from "./use-video-form.ts";
import { limits } from "./video-form.ts";

/** How much of a text's room is used; shown only once it gets tight. */
const useRoomLeft = () => {
  const t = useTranslations("studio.editor");
  const format = useStudioFormat();
  return ({ length, max, otherwise }: { length: number; max: number; otherwise: string }) =>
    length > max * 0.8 ? t("letters", { count: format.number(length), max: format.number(max) }) : otherwise;
};

/** Title, description, tags, category, language, visibility, and the channel where there is a choice. */
export const EditorFields = ({
  state,
  channels,
  categories,
}: { state: VideoFormState } & Pick<EditorStart, "channels" | "categories">) => {
  const t = useTranslations("studio.editor");
  const roomLeft = useRoomLeft();
  const { form, change, errors } = state;
  return (
    <>
      <Field
        name="title"
        label={t("title")}
        error={errors.title}
        hint={roomLeft({ length: form.title.length, max: limits.title, otherwise: t("titleHint") })}
      >
        <Input
          value={form.title}
          autoComplete="off"
          onChange={(event) => change({ title: event.target.value })}
          className="text-15"
        />
      </Field>
      <Field
        name="description"
        label={t("description")}
        error={errors.description}
        hint={roomLeft({ length: form.description.length, max: limits.description, otherwise: t("descriptionHint") })}
      >
        <Textarea
          value={form.description}
          onChange={(event) => change({ description: event.target.value })}
          className="min-h-40"
        />
      </Field>
      <TagInput
        value={form.tags}
        onChange={(tags) => change({ tags })}
        label={t("tags")}
        hint={t("tagsHint")}
        error={errors.tags}
      />
      <AboutFields state={state} categories={categories} />
      <Field name="visibility" label={t("visibility")} error={errors.visibility}>
        <VisibilitySelect value={form.visibility} onChange={(visibility) => change({ visibility })} />
      </Field>
      {channels.length < 2 ? null : (
        <Field name="channelId" label={t("channel")} hint={t("channelHint")} error={errors.channelId}>
          <Select
            value={form.channelId}
            options={channels.map(({ id, name, handle }) => ({ value: id, label: name, description: `@${handle}` }))}
            onChange={(channelId) => change({ channelId })}
          />
        </Field>
      )}
    </>
  );
};
