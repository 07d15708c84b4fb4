"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.tsx";
import { editChannel } from "#lib/api-client/channels.ts";
import type { ChannelDto } from "#lib/channels/dto.ts";

/** A channel's name, handle and description. */
export const ChannelForm = ({ channel }: { channel: ChannelDto }) => {
  const t = useTranslations("channels");
  const words = useTranslations("common");
  const router = useRouter();
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ name = "", handle = "", description = "" }) => {
      const edited = await editChannel({ handle: channel.handle, patch: { name, handle, description } });
      toast({ title: t("renamed") });
      if (edited.handle === channel.handle) router.refresh();
      else router.replace(`/settings/channels/${encodeURIComponent(edited.handle)}`);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex max-w-[520px] flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="name" label={t("name")} error={state.fields.name}>
        <Input defaultValue={channel.name} required maxLength={60} autoComplete="off" />
      </Field>
      <Field
        name="handle"
        label={t("handle")}
        hint={`${t("handleHint")} ${t("handleChange")}`}
        error={state.fields.handle}
      >
        <Input defaultValue={channel.handle} required maxLength={30} autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field name="description" label={t("description")} hint={t("descriptionHint")} error={state.fields.description}>
        <Textarea defaultValue={channel.description} maxLength={2000} rows={4} />
      </Field>
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 self-start">
        {words("save")}
      </Button>
    </form>
  );
};
