"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { uploadWishes } from "#components/uploader/upload-session.ts";
import { countUploadWishes } from "#components/uploader/upload-wishes.ts";
import type { UploadDefaultsDto } from "#lib/uploads/dto.ts";
import type { WatermarkListDto } from "#lib/watermarks/dto.ts";
import { MarkChoice } from "./mark-choice.tsx";
import { type useUploadDefaults, useUploadWishes } from "./use-upload-defaults.ts";

type Defaults = ReturnType<typeof useUploadDefaults>;

const Tick = (props: { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
  <label className="flex items-start gap-2.5 text-14">
    <Checkbox checked={props.checked} onChange={props.onChange} label={props.label} className="mt-[3px]" />
    <span>
      {props.label}
      {props.hint === undefined ? null : <span className="block text-13 text-muted">{props.hint}</span>}
    </span>
  </label>
);

const Sound = ({ usual }: { usual: UploadDefaultsDto["channel"] }) => {
  const t = useTranslations("studio.uploadOptions");
  const wishes = useUploadWishes();
  // Back at the usual there is nothing in particular to wish.
  const tick = (name: "audio" | "normalize") => ({
    checked: wishes[name] ?? usual[name],
    onChange: (checked: boolean) => uploadWishes.wish({ [name]: checked === usual[name] ? null : checked }),
  });
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-2 text-14 font-medium">{t("sound")}</legend>
      <Tick label={t("normalize")} hint={t("normalizeHint")} {...tick("normalize")} />
      <Tick label={t("audio")} {...tick("audio")} />
      <Tick
        label={t("audioOnly")}
        hint={t("audioOnlyHint")}
        checked={wishes.audioOnly}
        onChange={(audioOnly) => uploadWishes.wish({ audioOnly })}
      />
    </fieldset>
  );
};

/** Keeps the choices for later: for all uploads of the channel, and by admins for the whole site. */
const Keeping = ({ defaults, list, used }: { defaults: Defaults; list: WatermarkListDto; used: UploadDefaultsDto }) => {
  const t = useTranslations("studio.uploadOptions");
  const wishes = useUploadWishes();
  const differs = countUploadWishes(wishes) > 0;
  // Sound alone is a wish for a file, never a habit.
  const changed = countUploadWishes({ ...wishes, audioOnly: false }) > 0;
  const markId =
    wishes.watermark === "usual" ? used.watermarkId : wishes.watermark === "none" ? null : wishes.watermark;
  const mark = list.items.find(({ id }) => id === markId) ?? null;
  const ofSite = list.items.find(({ id }) => id === used.site.watermarkId)?.name;
  const mayOffer = list.mayOffer && markId !== used.site.watermarkId && (mark === null || mark.channelId === null);
  const told = (kept: boolean) => {
    if (kept) toast({ title: t("kept") });
  };
  return (
    <div className="flex flex-col items-start gap-2 border-t border-line pt-3">
      <p className="text-13 text-muted">{differs ? t("thisPage") : t("asUsual")}</p>
      <Button busy={defaults.saving} disabled={!changed} onClick={() => void defaults.keep().then(told)}>
        {t("keep")}
      </Button>
      {list.mayOffer ? (
        <p className="mt-1 text-13 text-muted">
          {ofSite === undefined ? t("siteNone") : t("siteMark", { name: ofSite })}
        </p>
      ) : null}
      {mayOffer ? (
        <Button busy={defaults.saving} onClick={() => void defaults.keepForSite(markId).then(told)}>
          {mark === null ? t("keepSiteNone") : t("keepSite", { name: mark.name })}
        </Button>
      ) : null}
    </div>
  );
};

/** The form of upload options; `list` and the defaults are null until they are there. */
export const UploadOptionsForm = (props: {
  defaults: Defaults;
  list: WatermarkListDto | null;
  failed: boolean;
  onAgain: () => void;
  onNewMark: () => void;
}) => {
  const { defaults, list, failed, onAgain, onNewMark } = props;
  const t = useTranslations("studio.uploadOptions");
  const w = useTranslations("watermarks");
  const used = defaults.defaults;
  if (used !== null && list !== null) {
    return (
      <div className="mt-4 flex flex-col gap-5">
        <MarkChoice items={list.items} usualId={used.watermarkId} onNew={onNewMark} />
        <Sound usual={used.channel} />
        <Keeping defaults={defaults} list={list} used={used} />
      </div>
    );
  }
  return failed ? (
    <div className="mt-4 flex items-center gap-3 text-13 text-muted">
      {t("notLoaded")}
      <Button size="small" onClick={onAgain}>
        {w("again")}
      </Button>
    </div>
  ) : (
    <Skeleton className="mt-4 h-72 w-full rounded-control" />
  );
};
