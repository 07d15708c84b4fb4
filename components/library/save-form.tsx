"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { SaveChoices } from "#components/library/save-choices.tsx";
import { useSaved } from "#components/library/use-saved.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toast.tsx";
import type { NewPlaylist } from "#lib/library/dto.ts";

type Visibility = NewPlaylist["visibility"];

const NewList = ({ onCreate }: { onCreate: (list: { title: string; visibility: Visibility }) => Promise<void> }) => {
  const [t, id] = [useTranslations("people"), useId()];
  const [title, setTitle] = useState("");
  const [visibility, setVisibility] = useState<Visibility>("private");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "" || busy) return;
    setBusy(true);
    try {
      await onCreate({ title: title.trim(), visibility });
      setTitle("");
    } catch {
      toast({ tone: "danger", title: t("failed") });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      aria-labelledby={id}
      onSubmit={(event) => void submit(event)}
      className="mt-4 flex flex-col gap-3 border-t border-line pt-4"
    >
      <h3 id={id} className="text-14 font-bold">
        {t("save.newList")}
      </h3>
      <Field name="title" label={t("save.name")}>
        <Input value={title} maxLength={150} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <div className="flex flex-wrap justify-between gap-2">
        <Select
          label={t("save.visibility")}
          value={visibility}
          options={(["private", "unlisted", "public"] as const).map((value) => ({
            value,
            label: t(`visibility.${value}`),
          }))}
          onChange={setVisibility}
        />
        <Button type="submit" busy={busy} disabled={title.trim() === ""}>
          {t("save.create")}
        </Button>
      </div>
    </form>
  );
};

/** The lists into which a video can be saved, and a new one. */
export const SaveForm = ({ videoId }: { videoId: string }) => {
  const { lists, later, failed, setLater, set, create } = useSaved(videoId);
  return (
    <>
      <SaveChoices {...{ lists, later, failed, setLater, set }} />
      <NewList onCreate={create} />
    </>
  );
};
